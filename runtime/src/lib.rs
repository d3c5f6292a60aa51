//! What generated model and client crates share.
