#![doc = include_str!("../../diagnostic/rules/plain-secret.md")]

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::ir::{Shape, Type};
use crate::names::Words;
use crate::source::Span;

use crate::lint::Lint;

/// Last words of names that are secrets whatever stands before.
const SECRETS: [&str; 6] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "passcode",
];
/// Last two words that make a secret.
const KEYS: [[&str; 2]; 8] = [
    ["api", "key"],
    ["access", "key"],
    ["private", "key"],
    ["secret", "key"],
    ["shared", "key"],
    ["signing", "key"],
    ["encryption", "key"],
    ["preshared", "key"],
];
/// The words before `token` that make it a credential; other tokens lead through pages or name parts of a text.
const TOKENS: [&str; 10] = [
    "access", "api", "auth", "bearer", "id", "jwt", "oauth", "refresh", "security", "session",
];

impl Lint<'_, '_> {
    /// Fields and parameters that hold plain text and are named like a secret.
    pub(in crate::lint) fn secrets(&mut self) {
        let mut found: Vec<(Span, String)> = Vec::new();
        for (_, def) in self.api.types.iter() {
            let Shape::Struct(body) = &def.shape else {
                continue;
            };
            let plain = body
                .fields
                .iter()
                .filter(|field| is_text(&field.ty) && field.constant.is_none());
            found.extend(plain.map(|field| (field.origin.span, field.wire.text().to_owned())));
        }
        let operations = self
            .api
            .modules
            .iter()
            .flat_map(|module| &module.operations);
        for parameter in operations.flat_map(|operation| &operation.parameters) {
            if is_text(&parameter.ty) {
                found.push((parameter.origin.span, parameter.wire.text().to_owned()));
            }
        }
        // A schema may have become two types, and a parameter is shared by operations.
        let mut said = HashSet::new();
        for (span, name) in found {
            if is_secret(&name) && said.insert(span) {
                self.say(
                    Code::PlainSecret,
                    span,
                    format!("`{name}` is named like a secret, but would be shown in logs"),
                    "add `format: password` or `x-secret: true`: the value is then redacted, and wiped when dropped",
                );
            }
        }
    }
}

fn is_text(ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::List(inner) | Type::Nullable(inner) => is_text(inner),
        _ => false,
    }
}

fn is_secret(name: &str) -> bool {
    let words = Words::of(name);
    let words: Vec<&str> = words.iter().collect();
    match words.as_slice() {
        ["token" | "apikey" | "credential"] => true,
        [.., "apikey"] => true,
        [.., before, "token"] => TOKENS.contains(before),
        [.., first, last] if KEYS.contains(&[*first, *last]) => true,
        [.., last] => SECRETS.contains(last),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in [
            "password",
            "userPassword",
            "shared_secret",
            "X-Api-Key",
            "apiKey",
            "token",
            "refreshToken",
            "privateKey",
            "Passphrase",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "nextPageToken",
            "next_token",
            "tokenType",
            "passwordPolicy",
            "secretName",
            "key",
            "primaryKey",
            "secrets",
            "maxTokens",
            "secret_id",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
