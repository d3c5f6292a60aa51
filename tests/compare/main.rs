//! The meaning of a change of a document: each rule of the doctrine, and ten changes of our own documents as a reviewer
//! reads them.

mod cases;
mod directions;
mod documents;
mod prepared;
mod rules;
mod semver;
