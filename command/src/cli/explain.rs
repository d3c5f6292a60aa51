//! `countersign explain`: why an item is as it is.

use clap::{ArgGroup, Args};
use countersign_codegen::explain::{Answer, Explanation};

use super::document::Document;
use crate::console;
use crate::failure::Failure;
use crate::job;
use crate::project::Api;

/// `explain`.
#[derive(Args, Debug)]
// `--spec` is not beside APIs, which here are no argument of their own.
#[command(group = ArgGroup::new("apis"))]
pub struct Explain {
    /// The API, where several have such an item, and the item: `MfaProvider`, `MfaProvider.sharedSecret`,
    /// `Mode::Push`, `'POST /mfa-providers'`.
    #[arg(required = true, num_args = 1..=2, value_names = ["API", "PATH"])]
    path: Vec<String>,
    /// Width of document and Rust side by side, in columns; below 100 columns the two are stacked.
    #[arg(long, value_name = "COLUMNS", default_value_t = 160)]
    width: usize,
    #[command(flatten, next_help_heading = "A document without countersign.toml")]
    document: Document,
}

/// Explains the item that the last word names, of the API that the first names or of the only one that has it.
pub(crate) fn run(options: &Explain) -> Result<(), Failure> {
    let (named, path) = match options.path.as_slice() {
        [path] => (&[][..], path),
        [api, path] => (std::slice::from_ref(api), path),
        _ => {
            return Err(Failure::Usage(
                "name an item, and an API before it".to_owned(),
            ));
        }
    };
    let project = options.document.project()?;
    let apis = project.chosen(named)?;
    let jobs = project.jobs(&apis)?;
    let outcomes = job::each(&jobs, |job| job.explain(path))?;
    let mut found: Vec<(&Api, Explanation)> = Vec::new();
    let mut near: Vec<String> = Vec::new();
    for ((api, job), (answer, report)) in apis.iter().zip(&jobs).zip(outcomes) {
        match answer {
            Some(Answer::Found(explanation)) => found.push((api, *explanation)),
            Some(Answer::Unknown(names)) => {
                near.extend(names.iter().map(|name| shown(api.name(), name)))
            }
            None => return Err(Failure::Rendered(report.render(job.shown()))),
        }
    }
    match found.as_slice() {
        [(api, explanation)] => {
            console::print(explanation.text(options.width, api.out_shown()));
            Ok(())
        }
        [] => Err(Failure::Usage(unknown(path, &near))),
        several => {
            let several: Vec<String> = several
                .iter()
                .map(|(api, _)| shown(api.name(), path))
                .collect();
            let several = several.join("\n  ");
            Err(Failure::Usage(format!(
                "several APIs have it; name one:\n  {several}"
            )))
        }
    }
}

fn unknown(path: &str, near: &[String]) -> String {
    let path = path.escape_debug();
    if near.is_empty() {
        return format!("there is no `{path}`; `outline` lists what there is");
    }
    format!(
        "there is no `{path}`; did you mean one of these?\n  {}",
        near.join("\n  ")
    )
}

/// The words that name an item of an API, as a shell takes them.
fn shown(api: &str, path: &str) -> String {
    let quoted = path.contains([' ', '{', '*', '(', '\'']);
    if quoted {
        format!("{api} '{}'", path.replace('\'', r"'\''"))
    } else {
        format!("{api} {path}")
    }
}
