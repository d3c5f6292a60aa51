//! The branches of a union, as variants.

use crate::ir::{Branch, Tagging, Type, Union};

/// Whether a branch is its tag and nothing else.
pub(in crate::emit) fn is_unit(choice: &Union, branch: &Branch) -> bool {
    branch.constant.is_some() || (branch.ty == Type::Null && choice.tagging != Tagging::Untagged)
}
