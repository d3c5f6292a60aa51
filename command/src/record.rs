//! The record of the last run of `gen`, so that the next one regenerates only the APIs that a change reaches.
//!
//! There is a record for each API of a `countersign.toml`, below `target/` and never in git. An API is left alone only
//! where generating it would start from the same bytes, by the same generator with the same settings and waivers, and
//! where its files stand as they were written. So a run that leaves APIs alone ends with the same files as one that does
//! not; without a record, or with one that can't be read, everything is generated.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use countersign_codegen::source::DocumentPath;
use countersign_codegen::write::Tree;
use serde::{Deserialize, Serialize};

use crate::inputs::Digest;
use crate::job::{Job, Outcome};
use crate::output;
use crate::project::Project;

/// The record of a run for one API: its input and its output.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Record {
    generator: Digest,
    fingerprint: Digest,
    documents: BTreeMap<String, Option<Digest>>,
    files: BTreeMap<String, Digest>,
}

/// The records of the APIs of a project.
#[derive(Debug)]
pub(crate) struct Records {
    folder: PathBuf,
    // None where this program can't be read: then nothing is ever left alone.
    generator: Option<Digest>,
}

impl Records {
    /// Those of a project, for the generator that is running; none for a document that the command line names.
    pub(crate) fn find(project: &Project) -> Option<Self> {
        project.config()?;
        let program = std::env::current_exe().and_then(fs::read);
        Some(Self {
            folder: project.target().join("countersign").join("gen"),
            generator: program.ok().map(|bytes| Digest::of(&bytes)),
        })
    }

    /// The number of files of an API, if generating would change none of them.
    pub(crate) fn unchanged(&self, api: &str, out: &Path, job: &Job) -> Option<usize> {
        let text = fs::read(self.path(api)).ok()?;
        let record: Record = serde_json::from_slice(&text).ok()?;
        let is_same_run = Some(&record.generator) == self.generator.as_ref()
            && record.fingerprint == job.fingerprint()
            && record.documents.iter().all(|(path, digest)| {
                DocumentPath::new(path).is_ok_and(|path| job.digest(&path) == *digest)
            });
        let crates: BTreeSet<String> = job.settings.folders().into_iter().collect();
        let is_unchanged = is_same_run
            && output::standing(out, &crates).is_some_and(|files| digests(&files) == record.files);
        is_unchanged.then_some(record.files.len())
    }

    /// Keeps what a run read and wrote; an outcome without crates or documents leaves no record.
    ///
    /// # Errors
    /// If it can't be written. The next run generates the API again, whether or not it has to.
    pub(crate) fn keep(&self, api: &str, outcome: &Outcome) -> io::Result<()> {
        let (Some(generator), Some(documents), Some(generated)) =
            (&self.generator, &outcome.documents, &outcome.generated)
        else {
            return Ok(());
        };
        let record = Record {
            generator: generator.clone(),
            fingerprint: outcome.fingerprint.clone(),
            documents: documents
                .iter()
                .map(|(path, digest)| (path.as_str().to_owned(), digest.clone()))
                .collect(),
            files: digests(&generated.tree),
        };
        fs::create_dir_all(&self.folder)?;
        // A repository without cargo does not ignore `target`.
        fs::write(self.folder.join(".gitignore"), "*\n")?;
        let text = serde_json::to_string_pretty(&record).map_err(io::Error::other)?;
        // Beside its place first: a run that is cut off leaves the old record or the new one.
        let waiting = self.folder.join(format!(".{api}.json"));
        fs::write(&waiting, text + "\n")?;
        fs::rename(&waiting, self.path(api))
    }

    fn path(&self, api: &str) -> PathBuf {
        self.folder.join(format!("{api}.json"))
    }
}

fn digests(files: &Tree) -> BTreeMap<String, Digest> {
    let digest = |(path, text): (&String, &String)| (path.clone(), Digest::of(text.as_bytes()));
    files.iter().map(digest).collect()
}

#[cfg(test)]
mod tests {
    use countersign_codegen::Strictness;
    use countersign_codegen::settings::Settings;

    use super::*;
    use crate::job;

    const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1', description: An API.}\n\
                            servers: [{url: 'https://a.example.com'}]\npaths: {}\n";

    fn job(root: &Path, command: &str) -> Job {
        let settings = Settings {
            name: "a".to_owned(),
            command: command.to_owned(),
            ..Settings::of_documents("spec/a/".to_owned())
        };
        let file = root.join("openapi.yaml");
        let job = Job::new(root, &file, settings, Strictness::Lenient);
        job.expect("a job").recorded()
    }

    fn records(root: &Path, generator: &str) -> Records {
        Records {
            folder: root.join("records"),
            generator: Some(Digest::of(generator.as_bytes())),
        }
    }

    /// A folder where an API was generated, with its record.
    fn generated() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("openapi.yaml"), DOCUMENT).expect("written");
        let job = job(root.path(), "gen");
        let mut outcomes = job::run(std::slice::from_ref(&job)).expect("it runs");
        let outcome = outcomes.pop().expect("an outcome");
        let tree = &outcome.generated.as_ref().expect("sound").tree;
        for (path, text) in tree {
            let path = root.path().join("generated").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, text).expect("written");
        }
        let kept = records(root.path(), "first").keep("a", &outcome);
        kept.expect("kept");
        root
    }

    #[test]
    fn nothing_changes_where_all_is_as_it_was() {
        let root = generated();
        let unchanged = records(root.path(), "first").unchanged(
            "a",
            &root.path().join("generated"),
            &job(root.path(), "gen"),
        );

        assert!(unchanged.is_some_and(|files| files > 0));
    }

    #[test]
    fn another_generator_or_other_settings_generate_again() {
        let root = generated();
        let (first, other) = (records(root.path(), "first"), records(root.path(), "other"));
        assert_eq!(
            other.unchanged(
                "a",
                &root.path().join("generated"),
                &job(root.path(), "gen")
            ),
            None
        );
        assert_eq!(
            first.unchanged(
                "a",
                &root.path().join("generated"),
                &job(root.path(), "make")
            ),
            None
        );
        let unknown = Records {
            generator: None,
            ..first
        };
        assert_eq!(
            unknown.unchanged(
                "a",
                &root.path().join("generated"),
                &job(root.path(), "gen")
            ),
            None
        );
    }

    #[test]
    fn a_record_that_can_not_be_read_is_none() {
        let root = generated();
        let records = records(root.path(), "first");
        let text = fs::read_to_string(records.path("a")).expect("a record");
        for broken in ["", "{}", text.get(..text.len() / 2).expect("a half")] {
            fs::write(records.path("a"), broken).expect("written");
            assert_eq!(
                records.unchanged(
                    "a",
                    &root.path().join("generated"),
                    &job(root.path(), "gen")
                ),
                None
            );
        }
    }
}
