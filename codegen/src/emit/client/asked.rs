//! Parameters that callers must give, and those that can have but one value.

use proc_macro2::TokenStream;

use crate::emit::literal;
use crate::emit::scope::Scope;
use crate::ir::Parameter;

/// Whether a parameter must be given: it is required and has more than one value.
pub(super) fn is_asked_for(scope: &Scope<'_>, parameter: &Parameter) -> bool {
    !parameter.presence.may_be_absent() && filled(scope, parameter).is_none()
}

/// The one value that a required parameter can have.
pub(super) fn filled(scope: &Scope<'_>, parameter: &Parameter) -> Option<TokenStream> {
    literal::owned(scope, parameter.constant.as_ref()?, &parameter.ty)
}
