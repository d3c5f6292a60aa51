//! `countersign init`: a `countersign.toml` for a document.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use toml::Value;

use crate::config::{FILE, RUNTIME, SCHEMA};
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::project::{Project, outcomes};
use crate::{name, place, workspace};

/// The file that editors read.
const SCHEMA_FILE: &str = "countersign.schema.json";

/// `init`.
#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The entry document, in this folder or below.
    document: PathBuf,
    /// Names of the crates: NAME-model and NAME-client. Made from the file's name if left out.
    #[arg(long)]
    name: Option<String>,
    /// The folder for the crates.
    #[arg(long, value_name = "DIR", default_value = "generated")]
    out: String,
    /// The folder of `countersign-runtime`; in a registry if left out.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<String>,
    /// Write the source of `countersign-runtime` beside the crates, so that it is needed from nowhere else.
    #[arg(long, conflicts_with = "runtime_path")]
    vendored: bool,
    /// Write the JSON Schema of the file beside it, for editors.
    #[arg(long)]
    schema: bool,
}

/// Writes the file, if there is none and the document can be read.
pub(super) fn run(options: &Init) -> Result<(), Failure> {
    let file = Path::new(FILE);
    if fs::symlink_metadata(file).is_ok() {
        return Err(Failure::Usage(format!("there is a {FILE} already")));
    }
    let document = options.below_here()?;
    let name = match &options.name {
        Some(name) => name::checked(name)?,
        None => name::of_file(
            &place::absolute(&options.document)
                .map_err(|error| unreadable(&options.document, &error))?,
        )?,
    };
    let here = std::env::current_dir().map_err(|error| unreadable(Path::new("."), &error))?;
    let mut text = text(&name, &document, options, workspace::of(&here).is_some());
    // Read before it is written, so that what is written is known to be good.
    let project = Project::of_text(&here, text.clone())?;
    let apis = project.chosen(&[])?;
    let outcomes = outcomes(&project, &apis, Console::Quiet, |_| Ok(()))?;
    let generated = outcomes
        .iter()
        .filter_map(|outcome| outcome.generated.as_ref());
    if generated
        .map(|generated| generated.api.stats.derived_ids)
        .sum::<usize>()
        > 0
    {
        text.push_str(&shortened(&name));
    }
    if options.schema {
        let schema = Path::new(SCHEMA_FILE);
        fs::write(schema, SCHEMA).map_err(|error| unreadable(schema, &error))?;
    }
    fs::write(file, text).map_err(|error| unreadable(file, &error))?;
    for outcome in &outcomes {
        let Some(generated) = &outcome.generated else {
            continue;
        };
        let stats = &generated.api.stats;
        console::print(format_args!(
            "{FILE}: {name}, {}, {}, {}\n",
            console::counted(stats.operations, "operation"),
            console::counted(generated.api.types.len(), "type"),
            console::counted(outcome.report.diagnostics().len(), "warning"),
        ));
    }
    if workspace::of(&here).is_some() {
        let member = Value::from(format!("{}/*", options.out));
        console::print(format_args!(
            "next: add {member} to the members in Cargo.toml\n"
        ));
    }
    console::print("next: countersign gen\n");
    Ok(())
}

impl Init {
    /// The way to the document from the current folder, with `/` between its parts.
    fn below_here(&self) -> Result<String, Failure> {
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        let here = here.map_err(|error| unreadable(Path::new("."), &error))?;
        let full = self.document.canonicalize();
        let full = full.map_err(|error| unreadable(&self.document, &error))?;
        let way = place::relative(&here, &full).filter(|way| !way.starts_with(".."));
        way.ok_or_else(|| {
            Failure::Usage(format!(
                "{} is not below this folder; run `init` in a folder that holds both",
                self.document.display()
            ))
        })
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("{}: {error}", path.display()))
}

/// The setting for ids that a framework derived.
fn shortened(name: &str) -> String {
    format!(
        "\n# Ids that a framework derived lose what it added: `read_item_items__item_id__get` becomes `read_item`.
[api.{name}.names]
shorten = true
"
    )
}

fn text(name: &str, document: &str, options: &Init, is_member: bool) -> String {
    let quoted = |text: &str| Value::from(text);
    // Version, edition, licence and lints are those of the workspace.
    let member = match is_member {
        true => "member = true",
        false => {
            "# Take version, edition, licence and lints from the workspace around.\n# member = true"
        }
    };
    let runtime = match &options.runtime_path {
        Some(path) => format!("path = {}", quoted(path)),
        None if options.vendored => "vendored = true".to_owned(),
        None => format!("version = {}", quoted(RUNTIME)),
    };
    let schema = match options.schema {
        true => format!("#:schema ./{SCHEMA_FILE}\n\n"),
        false => String::new(),
    };
    format!(
        "\
{schema}# What `countersign gen` generates, from which documents. Commit this file and what is generated, and run
# `countersign gen --check` in CI.

# Treat warnings as errors.
# deny-warnings = true

[output]
folder = {}
# Two crates (\"crates\"), one (\"crate\"), or modules below the `src` of a crate (\"module\").
# layout = \"crates\"
{member}

# Where the crates find countersign-runtime.
[runtime]
{runtime}

# Rust types for formats: a path, or a preset (chrono, time, jiff, rust_decimal, url, ipnet, email).
# [types]
# chrono = {{ preset = true }}

[api.{name}]
document = {}
# The folder that no reference may leave, if it is not the document's own.
# root = \".\"
",
        quoted(&options.out),
        quoted(document),
    )
}
