//! Parameters that callers must give, and those that have a value of their own: the only one, or a default.

use proc_macro2::TokenStream;

use crate::emit::literal;
use crate::emit::scope::Scope;
use crate::ir::{Literal, Location, Parameter};

/// Whether a parameter must be given: it is required and has neither one value alone nor a default.
pub(super) fn is_asked_for(scope: &Scope<'_>, parameter: &Parameter) -> bool {
    !parameter.presence.may_be_absent() && filled(scope, parameter).is_none()
}

/// The value that a required parameter has by itself: the only one, or its default.
pub(super) fn filled(scope: &Scope<'_>, parameter: &Parameter) -> Option<TokenStream> {
    let value = parameter.constant.as_ref().or_else(|| default(parameter));
    literal::owned(scope, value?, &parameter.ty)
}

/// Whether a required parameter is sent with its default unless a caller sets it.
pub(super) fn is_preset(scope: &Scope<'_>, parameter: &Parameter) -> bool {
    parameter.constant.is_none()
        && !parameter.presence.may_be_absent()
        && filled(scope, parameter).is_some()
}

/// The default, unless the parameter names a resource.
fn default(parameter: &Parameter) -> Option<&Literal> {
    let names = matches!(
        parameter.location,
        Location::Path(_) | Location::ReservedPath(_)
    );
    parameter.default.as_ref().filter(|_| !names)
}
