//! The generator's front half: from documents in memory to trees, places, targets and reports.

mod check;
mod counts;
mod fixture;
mod identifiers;
mod limits;
mod load;
mod lost;
mod merged;
mod operations;
mod overlay;
mod report;
mod resolve;
mod source;
mod spans;
mod swagger2;
