//! `cargo xtask suite`: the JSON Schema Test Suite through generated models.
//!
//! Each group of the suite that can be part of a document of OpenAPI 3.1 becomes a component, and the member of another
//! one. Its valid instances are decoded as that member, encoded again, and compared with what they were. Its invalid
//! ones have to be refused when they are decoded or checked, unless the generator says which keyword it does not check.
//! Members that no schema names are kept, as a proxy would.

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
use countersign_codegen::settings::{ApiSettings, ReadingSettings, Runtime, Settings};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::write::Tree;
use serde_json::{Value, json};

use crate::program::{self, Answer};
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
    /// Valid instances with a text that is not of its format, which the suite takes for a note and readers assert.
    asserted: usize,
    decoded: usize,
    same: usize,
    invalid: usize,
    told: usize,
    /// Invalid instances of groups with a keyword that the generator says is not checked.
    unchecked: usize,
    /// Invalid instances of groups with a keyword that readers leave open, as docs/wire.md has it.
    open: usize,
}

/// The component whose only member is of a group.
fn holder(name: &str) -> String {
    format!("{name}Holder")
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
    groups.retain_mut(|group| {
        if group.has_own_dialect {
            return false;
        }
        let generated = generate(std::slice::from_ref(group), &runtime);
        let is_part = generated.is_some();
        group.unchecked = generated.map_or_else(Vec::new, |(_, unchecked)| unchecked);
        is_part
    });
    figures.left_out = figures.groups - groups.len();
    let (tree, _) = generate(&groups, &runtime)
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
    let names: Vec<String> = groups.iter().map(|group| holder(&group.name)).collect();
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let limited = limited(&tree);
    let limited = limited.iter().map(String::as_str).collect();
    program::write(&out, NAME, &runtime, &names, &limited)?;
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
/// With it come the keywords that are not checked.
fn generate(groups: &[Group], runtime: &Path) -> Option<(Tree, Vec<String>)> {
    let held = |group: &Group| {
        let schema = json!({ "$ref": format!("#/components/schemas/{}", group.name) });
        json!({ "type": "object", "required": ["held"], "properties": { "held": schema } })
    };
    let schemas: serde_json::Map<String, Value> = groups
        .iter()
        .flat_map(|group| {
            let component = (group.name.clone(), group.schema.clone());
            [component, (holder(&group.name), held(group))]
        })
        .collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "JSON Schema Test Suite", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let entry = DocumentPath::new("suite.json").ok()?;
    let files = MemoryFiles::default().with(entry.clone(), document.to_string());
    let reading = ReadingSettings {
        keep_unknown: true,
        ..ReadingSettings::default()
    };
    let settings = Settings {
        name: NAME.to_owned(),
        command: "cargo xtask suite".to_owned(),
        runtime: Runtime::Path(runtime.display().to_string()),
        api: ApiSettings {
            reading,
            ..ApiSettings::default()
        },
        ..Settings::of_documents(String::new())
    };
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let generated =
        countersign_codegen::generate(&sources, &settings, Strictness::Lenient, &mut report)?;
    let of = |code: &str| {
        [
            "not-expressed",
            "raw-json",
            "unchecked-pattern",
            "remote-reference",
            // A document that is not there is raw JSON.
            "unreadable",
        ]
        .contains(&code)
    };
    let findings = report.findings("");
    let unchecked = findings.iter().filter(|finding| of(finding.rule));
    let unchecked = unchecked.map(|finding| finding.message.clone()).collect();
    Some((generated.tree, unchecked))
}

/// The names of the types that have limits.
fn limited(tree: &Tree) -> BTreeSet<String> {
    let lines = tree.values().flat_map(|text| text.lines());
    let named = lines.filter_map(|line| line.strip_prefix("impl Validate for "));
    named
        .filter_map(|rest| rest.split_whitespace().next().map(str::to_owned))
        .collect()
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

/// Sends the instances through their types, and prints those that are not read as the suite has it.
fn compare(out: &Path, groups: &[Group], figures: &mut Figures) -> Result<(), Failure> {
    let instances = groups.iter().flat_map(|group| {
        let valid = group.valid.iter().map(|instance| (true, instance));
        let invalid = group.invalid.iter().map(|instance| (false, instance));
        valid
            .chain(invalid)
            .map(move |(is_valid, instance)| (group, is_valid, instance))
    });
    let instances: Vec<_> = instances.collect();
    let names: Vec<String> = groups.iter().map(|group| holder(&group.name)).collect();
    let name_of = |group: &Group| {
        let mut pairs = groups.iter().zip(&names);
        let found = pairs.find(|(other, _)| other.name == group.name);
        found.map_or("", |(_, name)| name.as_str())
    };
    let lines: Vec<(&str, String)> = instances
        .iter()
        .map(|(group, _, (_, value))| (name_of(group), json!({ "held": value }).to_string()))
        .collect();
    let mut answers = program::run(out, NAME, &lines)?.into_iter();
    for (group, is_valid, (description, value)) in instances {
        let answer = answers.next();
        let wrong = match is_valid {
            true => figures.add_valid(group, value, answer),
            false => figures.add_invalid(group, answer),
        };
        if let Some(wrong) = wrong {
            console::print(format!("{}: {description}: {value} {wrong}\n", group.title));
        }
    }
    Ok(())
}

impl Figures {
    /// Counts a valid instance, and says how it was lost.
    fn add_valid(
        &mut self,
        group: &Group,
        value: &Value,
        answer: Option<Answer>,
    ) -> Option<String> {
        if matches!(answer, Some(Err(_))) && group.has_asserted_format() {
            self.asserted += 1;
            return None;
        }
        self.valid += 1;
        match answer {
            Some(Ok(back)) => {
                self.decoded += 1;
                let back = back.get("held").cloned().unwrap_or_default();
                if is_same(value, &back) {
                    self.same += 1;
                    return None;
                }
                Some(format!("became {back}"))
            }
            Some(Err(error)) => Some(format!("refused: {error}")),
            None => Some("the program stopped".to_owned()),
        }
    }

    /// Counts an invalid instance, and says whether it was taken without a word.
    fn add_invalid(&mut self, group: &Group, answer: Option<Answer>) -> Option<String> {
        self.invalid += 1;
        match answer {
            Some(Err(_)) => self.told += 1,
            Some(Ok(_)) if !group.unchecked.is_empty() => self.unchecked += 1,
            Some(Ok(_)) if group.is_open() => self.open += 1,
            Some(Ok(_)) => return Some("is invalid, and was taken".to_owned()),
            None => return Some("the program stopped".to_owned()),
        }
        None
    }

    fn summary(&self) -> String {
        let typed = self.groups - self.left_out - self.raw;
        format!(
            "{} groups: {} can't be part of a document, {} are raw JSON, {typed} have a type\n\
             {} valid instances ({} others are of a kind that the schema says nothing of, and {} are texts of another \
             format, which readers assert): {} are decoded, {} come back the same\n\
             {} invalid instances: {} are told, {} have a keyword that is said to be unchecked, {} one that readers leave \
             open, {} are taken\n",
            self.groups,
            self.left_out,
            self.raw,
            self.valid,
            self.other,
            self.asserted,
            self.decoded,
            self.same,
            self.invalid,
            self.told,
            self.unchecked,
            self.open,
            self.invalid - self.told - self.unchecked - self.open
        )
    }
}
