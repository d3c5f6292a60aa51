//! `cargo xtask suite`: the JSON Schema Test Suite through generated models.
//!
//! Each group of the suite that can be part of a document of OpenAPI 3.1 becomes a component; its valid instances are
//! decoded into the type of that component, encoded again, and compared with what they were.

mod groups;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use countersign::console;
use countersign::failure::Failure;
use countersign::project::{Project, STANDALONE};
use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::{Manifest, Runtime, Selection, Settings};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::write::Tree;
use serde_json::{Value, json};

use crate::program;
use groups::{Group, is_same};

/// The name of the crates.
const NAME: &str = "suite";

/// `suite`.
#[derive(Args, Debug)]
pub(crate) struct Suite {
    /// The folder of the suite: a JSON file for each keyword.
    dir: PathBuf,
    /// Only files whose names contain this.
    #[arg(long, default_value = "", hide_default_value = true)]
    only: String,
    /// Where the crates go; `target/suite` if left out.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// The numbers of groups and instances, by their outcome.
#[derive(Default)]
struct Figures {
    groups: usize,
    left_out: usize,
    raw: usize,
    /// Valid instances of a kind that the schema does not speak of: only a raw value could hold them.
    other: usize,
    valid: usize,
    decoded: usize,
    same: usize,
}

/// Generates, builds and runs, and prints what was lost and how much there was.
pub(crate) fn run(options: &Suite) -> Result<(), Failure> {
    let project = Project::find()?;
    let runtime = project.runtime().ok_or_else(|| {
        Failure::Usage("countersign.toml names no folder of the runtime".to_owned())
    })?;
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| project.target().join("suite"));
    let mut figures = Figures::default();
    let mut groups = groups::all(&options.dir, &options.only)?;
    figures.groups = groups.len();
    groups.retain(|group| generate(std::slice::from_ref(group), &runtime).is_some());
    figures.left_out = figures.groups - groups.len();
    let tree = generate(&groups, &runtime)
        .ok_or_else(|| Failure::Failed("the groups make no document together".to_owned()))?;
    let declared = declared(&tree);
    let typed = |group: &&Group| declared.contains(group.name.as_str());
    figures.raw = groups.iter().filter(|group| !typed(group)).count();
    // What is raw JSON holds every instance as it is.
    let raw = groups.iter().filter(|group| !typed(group));
    figures.valid = raw.map(|group| group.valid.len()).sum();
    figures.decoded = figures.valid;
    figures.same = figures.valid;
    groups.retain(|group| declared.contains(group.name.as_str()));
    for group in &mut groups {
        figures.other += group.leave_out_others();
    }
    write(&out, &tree)?;
    let names: BTreeSet<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    program::write(&out, NAME, &runtime, &names)?;
    program::build(&out, &[NAME])?;
    if !program::is_built(&out, NAME) {
        return Err(Failure::Failed(format!(
            "the program does not compile: see {}",
            out.join(".build.txt").display()
        )));
    }
    compare(&out, &groups, &mut figures)?;
    console::print(figures.summary());
    Ok(())
}

/// Generates the crates of a document whose components are these groups.
fn generate(groups: &[Group], runtime: &Path) -> Option<Tree> {
    let schemas: serde_json::Map<String, Value> = groups
        .iter()
        .map(|group| (group.name.clone(), group.schema.clone()))
        .collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "JSON Schema Test Suite", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let entry = DocumentPath::new("suite.json").ok()?;
    let files = MemoryFiles::default().with(entry.clone(), document.to_string());
    let settings = Settings {
        name: NAME.to_owned(),
        prefix: String::new(),
        command: "cargo xtask suite".to_owned(),
        runtime: Runtime::Path(runtime.display().to_string()),
        manifest: Manifest::Standalone,
        types: Vec::new(),
        selection: Selection::default(),
    };
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let generated =
        countersign_codegen::generate(&sources, &settings, Strictness::Lenient, &mut report)?;
    Some(generated.tree)
}

/// The names of the types that are more than another name for any JSON value.
fn declared(tree: &Tree) -> BTreeSet<String> {
    let modules = tree.iter().filter(|(path, _)| path.contains("-model/src/"));
    let lines = modules.flat_map(|(_, text)| text.lines());
    lines
        .filter_map(|line| {
            let (kind, rest) = line.strip_prefix("pub ")?.split_once(' ')?;
            let name = rest
                .split(|letter: char| !letter.is_ascii_alphanumeric())
                .next()?;
            let is_raw = kind == "type" && rest.ends_with(" = Value;");
            (matches!(kind, "struct" | "enum" | "type") && !is_raw).then(|| name.to_owned())
        })
        .collect()
}

fn write(out: &Path, tree: &Tree) -> Result<(), Failure> {
    let failed = |error| Failure::Failed(format!("{}: {error}", out.display()));
    for (path, text) in tree {
        let file = out.join(path);
        fs::create_dir_all(file.parent().unwrap_or(out)).map_err(failed)?;
        fs::write(file, text).map_err(failed)?;
    }
    fs::write(out.join("Cargo.toml"), program::workspace(STANDALONE)).map_err(failed)
}

/// Sends the valid instances through their types, and prints those that are refused or come back as others.
fn compare(out: &Path, groups: &[Group], figures: &mut Figures) -> Result<(), Failure> {
    let instances = groups
        .iter()
        .flat_map(|group| group.valid.iter().map(move |instance| (group, instance)));
    let lines: Vec<(&str, String)> = instances
        .clone()
        .map(|(group, (_, value))| (group.name.as_str(), value.to_string()))
        .collect();
    figures.valid += lines.len();
    let mut answers = program::run(out, NAME, &lines)?.into_iter();
    for (group, (description, value)) in instances {
        let lost = match answers.next() {
            Some(Ok(back)) if is_same(value, &back) => {
                figures.decoded += 1;
                figures.same += 1;
                continue;
            }
            Some(Ok(back)) => {
                figures.decoded += 1;
                format!("became {back}")
            }
            Some(Err(error)) => format!("refused: {error}"),
            None => "the program stopped".to_owned(),
        };
        console::print(format!("{}: {description}: {value} {lost}\n", group.title));
    }
    Ok(())
}

impl Figures {
    fn summary(&self) -> String {
        let typed = self.groups - self.left_out - self.raw;
        format!(
            "{} groups: {} can't be part of a document, {} are raw JSON, {typed} have a type\n\
             {} valid instances ({} others are of a kind that the schema says nothing of): {} are decoded, {} come back \
             the same\n",
            self.groups, self.left_out, self.raw, self.valid, self.other, self.decoded, self.same
        )
    }
}
