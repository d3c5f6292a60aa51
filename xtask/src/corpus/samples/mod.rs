//! Samples of component schemas through the generated types and back: what is valid must come back whole.
//!
//! Samples are made of a document's own schemas, checked against them by a validator that knows nothing of this
//! project, decoded and encoded by a small program over the generated model, and checked again.

mod bundle;
mod judge;
mod keywords;
mod make;
mod merged;
mod numbers;
mod target;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;

use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::Settings;
use countersign_codegen::{Strictness, load, lower, resolve};
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use countersign::console;
use countersign::failure::Failure;
use countersign::job::Job;

use super::run::Run;
use super::tally::Tally;
use crate::program;
use bundle::Bundle;
use make::Maker;
use target::{Target, Targets};

/// The number of programs on disk at once.
const BATCH: usize = 8;
/// Room for nested schemas, in bytes.
const STACK: usize = 512 << 20;
/// The name of the bundle of a document among its own schemas.
const BUNDLE: &str = "urn:countersign:bundle";

/// The valid samples of a document.
struct Samples {
    all: Vec<(Target, String, Value)>,
    /// The definition of each, in order.
    definitions: Vec<String>,
    bundle: Value,
    tally: Tally,
}

/// Sends samples through the crates of all documents that were generated; what became of them, by the crates' names.
pub(super) fn all(
    folder: &Path,
    out: &Path,
    runtime: &Path,
    runs: &[Run],
) -> Result<BTreeMap<String, Tally>, Failure> {
    let mut tallies = BTreeMap::new();
    let runs: Vec<&Run> = runs.iter().filter(|run| run.is_generated()).collect();
    for (at, batch) in runs.chunks(BATCH).enumerate() {
        console::complain(format_args!("samples: {} of {}\n", at * BATCH, runs.len()));
        thread::scope(|scope| {
            let work = || one_batch(folder, out, runtime, batch);
            let running = thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work);
            let running =
                running.map_err(|error| Failure::Failed(format!("no thread: {error}")))?;
            let done = running.join();
            let fault = |_| Failure::Failed("samples stopped at a fault of their own".to_owned());
            tallies.extend(done.map_err(fault)??);
            Ok::<(), Failure>(())
        })?;
    }
    Ok(tallies)
}

fn one_batch(
    folder: &Path,
    out: &Path,
    runtime: &Path,
    batch: &[&Run],
) -> Result<Vec<(String, Tally)>, Failure> {
    let mut made = Vec::new();
    for run in batch {
        let name = run.entry.name.clone();
        let samples = samples(folder, run)?;
        let types: BTreeSet<&str> = samples
            .all
            .iter()
            .map(|(target, _, _)| target.name.as_str())
            .collect();
        program::write(out, &name, runtime, &types, &BTreeSet::new())?;
        made.push((name, samples));
    }
    let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
    program::build(out, &names)?;
    let mut tallies = Vec::new();
    for (name, samples) in &made {
        tallies.push((name.clone(), through(out, name, samples)?));
    }
    program::clean(out, &names)?;
    Ok(tallies)
}

/// Makes the samples of a document.
fn samples(folder: &Path, run: &Run) -> Result<Samples, Failure> {
    let settings = Settings {
        name: run.entry.name.clone(),
        command: String::new(),
        ..Settings::of_documents(String::new())
    };
    let file = folder.join(&run.entry.path);
    let job = Job::new(
        &run.entry.root(folder),
        &file,
        settings,
        Strictness::Lenient,
    )?;
    let mut report = Report::default();
    let gone = || Failure::Failed(format!("{}: it changed meanwhile", run.entry.path));
    let documents = load::documents(&job.sources(), &mut report).ok_or_else(gone)?;
    let resolved = resolve::references(&documents, &mut report);
    let api = lower::api(&documents, &resolved, &[], &mut report);
    let targets = Targets::of(&api);
    let mut bundle = Bundle::new(&documents, &resolved);
    let mut tally = Tally::default();
    let mut wanted = Vec::new();
    for (name, node) in bundle::components(&documents) {
        tally.components += 1;
        let found = targets.component(name, node);
        if found.is_empty() {
            tally.without("the schema has no type");
        }
        for target in found {
            let definition = bundle.add(node, target.direction);
            wanted.push((target, definition));
        }
    }
    let bundle = bundle.finish();
    Ok(valid(wanted, bundle, tally))
}

/// Makes samples of definitions and keeps those that are valid.
fn valid(wanted: Vec<(Target, String)>, bundle: Value, mut tally: Tally) -> Samples {
    let mut all = Vec::new();
    let mut definitions = Vec::new();
    let mut maker = Maker::new(&bundle);
    let registry = registry(&bundle);
    for (target, definition) in wanted {
        let Some(validator) = registry
            .as_ref()
            .ok()
            .and_then(|all| validator(all, &definition))
        else {
            tally.without("its schema can't be checked");
            continue;
        };
        let samples = maker.samples(&definition);
        let is_any = !samples.is_empty();
        let before = all.len();
        for sample in samples {
            if validator.is_valid(&sample) {
                definitions.push(definition.clone());
                all.push((target.clone(), sample.to_string(), sample));
            } else {
                tally.invalid += 1;
            }
        }
        if all.len() == before {
            tally.without(if is_any {
                "no sample is valid"
            } else {
                "no sample can be made"
            });
        }
    }
    tally.valid = all.len();
    drop(registry);
    Samples {
        all,
        definitions,
        bundle,
        tally,
    }
}

fn registry(bundle: &Value) -> Result<Registry<'_>, jsonschema::ReferencingError> {
    Registry::new().add(BUNDLE, bundle)?.prepare()
}

fn validator(registry: &Registry<'_>, definition: &str) -> Option<Validator> {
    let schema = json!({ "$ref": format!("{BUNDLE}#/$defs/{definition}") });
    let options = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_registry(registry);
    options.build(&schema).ok()
}

/// Sends the samples of a document through its types.
fn through(out: &Path, name: &str, samples: &Samples) -> Result<Tally, Failure> {
    let mut tally = samples.tally.clone();
    if samples.all.is_empty() {
        return Ok(tally);
    }
    if !program::is_built(out, name) {
        tally.failure = Some("its program does not compile".to_owned());
        return Ok(tally);
    }
    let lines: Vec<(&str, String)> = samples
        .all
        .iter()
        .map(|(target, text, _)| (target.name.as_str(), text.clone()))
        .collect();
    let mut answers = program::run(out, name, &lines)?.into_iter();
    let registry = registry(&samples.bundle).map_err(|error| Failure::Failed(error.to_string()))?;
    let mut known: Option<(&str, Option<Validator>)> = None;
    for ((target, text, sample), definition) in samples.all.iter().zip(&samples.definitions) {
        if known.as_ref().is_none_or(|(known, _)| known != definition) {
            known = Some((definition, validator(&registry, definition)));
        }
        let validator = known.as_ref().and_then(|(_, validator)| validator.as_ref());
        let lost = match answers.next() {
            None => Some(("", "the program stopped".to_owned())),
            Some(Err(error)) => Some(("not decoded: ", error)),
            Some(Ok(back)) => match (judge::kept(sample, &back), validator) {
                (Err(loss), _) => Some(("not kept: ", loss.to_string())),
                (Ok(()), Some(validator)) => validator
                    .validate(&back)
                    .err()
                    .map(|error| ("not valid: ", error.to_string())),
                (Ok(()), None) => None,
            },
        };
        match lost {
            Some((what, why)) => tally.lose(&target.name, what, &why, text),
            None => tally.survived += 1,
        }
    }
    Ok(tally)
}
