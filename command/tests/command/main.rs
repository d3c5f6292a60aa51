//! The command as its users run it.

mod diff;
mod document;
mod explain;
mod generate;
mod incremental;
mod init;
mod layout;
mod lint;
mod own_repository;
mod review;
mod rule;
mod support;
mod vendored;
