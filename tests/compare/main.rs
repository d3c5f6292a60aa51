//! What a change of a document means: each rule of the doctrine, and ten changes of our own documents as a reviewer
//! reads them.

mod documents;
mod prepared;
