#!/usr/bin/env bash
# tracing 0.1.44 (tracing-core 0.1.36): a subscriber that is set for one thread loses a span or an event for good, if
# another thread, which has none, reaches that place of the code first.
#
# Each place is asked once for the whole process whether anybody is interested. As long as there is only one subscriber,
# the one of the current thread is asked, and a thread without one answers "never". Tests that set a subscriber for
# their thread then fail now and then, depending on which test comes first.
#
# Output seen: "0 of 1 events, other thread first; 1 of 1 events, own thread first"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "callsite"
version = "0.0.0"
edition = "2024"

[dependencies]
tracing = { version = "=0.1.44", default-features = false, features = ["std"] }
tracing-core = "=0.1.36"

[workspace]
TOML
cat > "$folder/src/main.rs" <<'RUST'
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tracing::span::{Attributes, Id, Record};

#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl tracing::Subscriber for Counter {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool { true }
    fn new_span(&self, _: &Attributes<'_>) -> Id { Id::from_u64(1) }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &tracing::Event<'_>) { self.0.fetch_add(1, Ordering::SeqCst); }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn one() { tracing::info!("one"); }
fn other() { tracing::info!("other"); }

fn main() {
    let counter = Counter::default();
    let _guard = tracing::subscriber::set_default(counter.clone());
    std::thread::spawn(one).join().unwrap();
    one();
    let late = counter.0.swap(0, Ordering::SeqCst);
    other();
    std::thread::spawn(other).join().unwrap();
    let early = counter.0.swap(0, Ordering::SeqCst);
    println!("{late} of 1 events, other thread first; {early} of 1 events, own thread first");
}
RUST
found=$(cd "$folder" && CARGO_TARGET_DIR="$folder/target" cargo run --quiet)
echo "$found"
[ "$found" = "0 of 1 events, other thread first; 1 of 1 events, own thread first" ]
