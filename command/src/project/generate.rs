//! From the documents of a project to its files, and those onto the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};

use countersign_codegen::diagnostic::{Code, Diagnostic};
use countersign_codegen::settings::Layout;
use countersign_codegen::write::Tree;

use super::{Api, Project, STANDALONE};
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::job::{self, Job, Outcome};
use crate::output::{FoldersOf, WritePlan, Written};
use crate::policy;
use crate::workspace::{self, Workspace};

/// The crates of a project, in memory.
#[derive(Debug)]
pub struct Generated<'a> {
    project: &'a Project,
    outcomes: Vec<Outcome>,
}

impl Project {
    /// Generates every API, in memory.
    ///
    /// # Errors
    /// A report of what is wrong with the documents.
    pub fn generate(&self) -> Result<Generated<'_>, Failure> {
        let apis: Vec<&Api> = self.apis().iter().collect();
        let outcomes = outcomes(self, &apis, Console::Quiet, |_| Ok(()))?;
        Ok(Generated {
            project: self,
            outcomes,
        })
    }
}

impl Generated<'_> {
    /// The guesses and omissions, as people read them; empty if there are none.
    pub fn warnings(&self) -> String {
        let rendered = self
            .outcomes
            .iter()
            .map(|outcome| outcome.report.render(&outcome.prefix));
        rendered.collect()
    }

    /// The documents that were read: a build script runs again when one of them changes.
    pub fn documents(&self) -> Vec<std::path::PathBuf> {
        let read = self.project.apis().iter().zip(&self.outcomes);
        read.flat_map(|(api, outcome)| {
            let documents = outcome
                .documents
                .iter()
                .flat_map(|documents| documents.keys());
            documents.map(|path| api.root().join(path.as_str()))
        })
        .collect()
    }

    /// Makes the files on disk what they are to be. Only files that differ are touched.
    ///
    /// # Errors
    /// If a file can't be written; then nothing was changed.
    pub fn write(mut self) -> Result<(), Failure> {
        self.files()?.apply(self.project).map(drop)
    }

    /// Compares the files on disk with what they are to be.
    ///
    /// # Errors
    /// If one is missing, stale or orphaned; they are named on standard output.
    pub fn check(mut self) -> Result<(), Failure> {
        self.files()?.check(Console::Quiet)
    }

    fn files(&mut self) -> Result<Files, Failure> {
        let apis: Vec<&Api> = self.project.apis().iter().collect();
        Files::of(self.project, true, &[], &apis, &mut self.outcomes)
    }
}

/// Generates APIs in memory. The errors of all are printed; warnings of APIs that may have some are shown. `look` sees
/// what came out before it is judged.
pub(crate) fn outcomes(
    project: &Project,
    apis: &[&Api],
    console: Console,
    look: impl FnOnce(&[Outcome]) -> Result<(), Failure>,
) -> Result<Vec<Outcome>, Failure> {
    if project.config().is_some() && !apis.is_empty() {
        let names: Vec<&str> = apis.iter().map(|api| api.name()).collect();
        console.say(format_args!("Generating {}", names.join(", ")));
    }
    let jobs: Vec<Job> = project.jobs(apis)?;
    let mut outcomes = job::run(&jobs)?;
    for (api, outcome) in apis.iter().zip(&mut outcomes) {
        let lock = api.lock(outcome);
        if let (Some((path, lock)), Some(generated)) = (lock, outcome.generated.as_mut()) {
            generated.tree.insert(path, lock.text());
        }
    }
    look(&outcomes)?;
    let render = |outcome: &Outcome| outcome.report.render(&outcome.prefix) + root_help(outcome);
    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.generated.is_none());
    let errors: String = failed.map(render).collect();
    if !errors.is_empty() {
        let end = "error: nothing was written, because of the errors above\n";
        return Err(Failure::Rendered(errors + end));
    }
    unmatched(apis, &outcomes)?;
    for outcome in &outcomes {
        console.show(&outcome.report.render(&outcome.prefix));
    }
    // What lint alone looks for is not looked for here.
    let used = outcomes.iter().map(|outcome| &outcome.report);
    policy::check(&project.policy, apis, used, |rule| {
        rule.usual_level().is_none()
    })?;
    Ok(outcomes)
}

/// Fails if an entry of the settings matches no operation, or does not fit it: the document may have changed.
fn unmatched(apis: &[&Api], outcomes: &[Outcome]) -> Result<(), Failure> {
    let mut errors = String::new();
    for (api, outcome) in apis.iter().zip(outcomes) {
        let stats = outcome
            .generated
            .as_ref()
            .map(|generated| &generated.api.stats);
        let Some((places, stats)) = api.places().zip(stats) else {
            continue;
        };
        if !stats.unmatched.is_empty() {
            errors.push_str(&places.unmatched(&stats.unmatched));
        }
        if !stats.misfits.is_empty() {
            errors.push_str(&places.misfits(&stats.misfits));
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Failure::Rendered(errors))
}

/// Advice that the library can't give: the way to widen the root.
fn root_help(outcome: &Outcome) -> &'static str {
    let escapes = |found: &Diagnostic| found.code == Code::EscapingReference;
    if outcome.report.diagnostics().iter().any(escapes) {
        "help: if the documents belong together, name the folder that holds them all: `root` in countersign.toml, or \
         `--root DIR`\n"
    } else {
        ""
    }
}

/// The workspace around a folder of crates that is not itself one.
fn outer(folder: &Path) -> Option<Workspace> {
    folder.parent().and_then(workspace::around)
}

/// The steps that are left to do by hand after `gen`.
pub(crate) fn notes(project: &Project) -> Vec<String> {
    let notes = project.apis().iter().filter_map(|api| {
        let out = api.out();
        if let Layout::Module(_) = api.settings().layout {
            let mut above = out.ancestors();
            let manifest =
                above.find_map(|folder| fs::read_to_string(folder.join("Cargo.toml")).ok());
            let has_runtime = manifest.is_some_and(|text| text.contains("countersign-runtime"));
            let (shown, module) = (api.out_shown(), api.settings().module());
            return (!has_runtime).then(|| {
                format!(
                    "next: add the dependencies that {shown}{module}/mod.rs lists to Cargo.toml"
                )
            });
        }
        let workspace = outer(out).filter(|_| project.config().is_none())?;
        let below = out.strip_prefix(&workspace.folder).unwrap_or(out);
        let (below, root) = (below.display(), workspace.folder.join("Cargo.toml"));
        let root = root.display();
        Some(format!("next: add \"{below}/*\" to the members in {root}"))
    });
    notes.collect()
}

/// The intended content of a folder of output.
struct Output {
    shown: String,
    crates: BTreeSet<String>,
    tree: Tree,
}

/// All folders of output.
type Folders = BTreeMap<PathBuf, Output>;

impl Output {
    fn at(shown: &str) -> Self {
        Self {
            shown: shown.to_owned(),
            crates: BTreeSet::new(),
            tree: Tree::new(),
        }
    }
}

/// The folder that an API's crates are in.
fn of<'f>(folders: &'f mut Folders, api: &Api) -> &'f mut Output {
    let folder = folders.entry(api.out().to_owned());
    folder.or_insert_with(|| Output::at(api.out_shown()))
}

/// The files of some APIs, by the folders of their crates.
pub(crate) struct Files {
    plans: Vec<(String, WritePlan)>,
    folders: Vec<FoldersOf>,
}

impl Files {
    /// Compares what came out with what is on disk. Where `is_all` APIs are meant, crates whose API is gone are
    /// obsolete.
    pub(crate) fn of(
        project: &Project,
        is_all: bool,
        kept: &[(&Api, usize)],
        expected: &[&Api],
        outcomes: &mut [Outcome],
    ) -> Result<Self, Failure> {
        let mut folders = Folders::new();
        if let Some((vendored, folder, shown)) = project.vendored() {
            let output = folders.entry(folder).or_insert_with(|| Output::at(&shown));
            output.crates.extend(vendored.crates().map(str::to_owned));
            output.tree.extend(vendored.tree(project.command())?);
        }
        for (api, outcome) in expected.iter().zip(outcomes) {
            let output = of(&mut folders, api);
            output.crates.extend(api.settings().folders());
            // Records need the files as well.
            let generated = outcome.generated.as_mut();
            let files = generated.map_or_else(Tree::new, |generated| match project.config() {
                Some(_) => generated.tree.clone(),
                None => mem::take(&mut generated.tree),
            });
            output.tree.extend(files);
        }
        if is_all {
            for (api, _) in kept {
                of(&mut folders, api);
            }
            for (folder, output) in &mut folders {
                output.crates.extend(project.crates_in(folder)?);
            }
            for (api, _) in kept {
                let output = of(&mut folders, api);
                for name in api.settings().folders() {
                    output.crates.remove(&name);
                }
            }
        }
        let key = match (project.config(), project.apis()) {
            (None, [api]) => api.name(),
            _ => "gen",
        };
        let plans = folders.into_iter().map(|(folder, output)| {
            let Output {
                shown,
                crates,
                tree,
            } = output;
            Ok((shown, WritePlan::new(&folder, key, &crates, tree)?))
        });
        Ok(Self {
            plans: plans.collect::<Result<_, Failure>>()?,
            folders: expected.iter().map(|api| FoldersOf::new(api)).collect(),
        })
    }

    /// Names each file that is not up to date.
    pub(crate) fn check(&self, console: Console) -> Result<(), Failure> {
        let mut is_sound = true;
        for (shown, plan) in &self.plans {
            let drift = plan.drift();
            let kinds = [
                ("missing", &drift.missing),
                ("stale", &drift.stale),
                ("orphaned", &drift.orphaned),
            ];
            for (kind, paths) in kinds {
                for path in paths {
                    console::print(format_args!("{kind}: {shown}{path}\n"));
                }
            }
            let leftover = plan.leftover();
            if let Some(name) = &leftover {
                console::print(format_args!("orphaned: {shown}{name}\n"));
            }
            is_sound &= drift.is_none() && leftover.is_none();
            for folders in self.folders.iter().filter(|_| !drift.is_none()) {
                for reason in plan.reasons(folders) {
                    console.say(format_args!("{}: {reason}", folders.api));
                }
            }
        }
        if is_sound {
            console.say("All generated files are up to date");
            return Ok(());
        }
        let what = "generated files are out of date; rerun without `--check`";
        Err(Failure::Failed(what.to_owned()))
    }

    /// Puts the files on disk.
    pub(crate) fn apply(self, project: &Project) -> Result<Written, Failure> {
        let mut all = Written::default();
        for (_, plan) in self.plans {
            // A workspace has one root.
            let is_inside = outer(plan.folder()).is_some();
            let plan = match project.config() {
                Some(_) => plan,
                None if is_inside => plan,
                None => plan.with_seed("Cargo.toml", STANDALONE.to_owned()),
            };
            all += plan.apply()?;
        }
        Ok(all)
    }
}
