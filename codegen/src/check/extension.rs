//! Extensions of other tools.

use crate::diagnostic::{Code, Severity};
use crate::load::Entry;
use crate::resolve::nearest_within;
use crate::specification::{self as specification, Edition, Harm, Object};

use super::{Checker, word};

impl<'a> Checker<'a> {
    /// Looks at an extension that is not ours, or not at this place.
    pub(super) fn extension(&mut self, object: Object, entry: &'a Entry) {
        let key = entry.key.text();
        *self.unread.entry(key).or_default() += 1;
        // Each is said once: a document may have thousands.
        if !self.vendors.insert(key) {
            return;
        }
        if specification::is_harmless(key) {
            return;
        }
        if let Some(vendor) = specification::vendor(key) {
            let message = format!("`{key}` {}, which is not generated", vendor.asks);
            let severity = match vendor.harm {
                Harm::Calls => Severity::Warning,
                Harm::Comfort => Severity::Note,
            };
            self.push(
                Code::VendorExtension,
                severity,
                entry.key_span,
                message,
                vendor.help,
            );
            return;
        }
        let own = specification::keys(object, self.edition).filter(|own| own.starts_with("x-"));
        if let Some(meant) = nearest_within(1, key, own) {
            let message = format!("`{key}` is not an extension of {}", word::owner(object));
            self.warn(
                Code::UnknownKeyword,
                entry.key_span,
                message,
                format!("did you mean `{meant}`?"),
            );
            return;
        }
        let elsewhere = Object::ALL
            .into_iter()
            .find(|other| specification::field(*other, self.edition, key).is_some());
        // In Swagger 2.0 these are schemas themselves.
        let is_schema = self.edition == Edition::V20
            && matches!(object, Object::Parameter | Object::Header | Object::Items);
        if let Some(other) = elsewhere.filter(|other| !(is_schema && *other == Object::Schema)) {
            let message = format!(
                "`{key}` has no effect in {}: it is an extension of {}",
                word::owner(object),
                word::owner(other)
            );
            let help = ("move it there", "it is ignored here");
            self.warn(Code::NoEffect, entry.key_span, message, help);
        }
    }
}
