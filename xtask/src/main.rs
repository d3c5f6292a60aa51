//! The maintainers' commands.
mod disk;
mod output;

fn main() {}
