//! `countersign.toml`: what a repository generates, from which documents, and how.
//!
//! The file is read whole: every mistake in it is reported with its line, and a key that is not known is a mistake.

mod access;
mod crate_name;
mod derives;
mod names;
mod newtypes;
mod paging;
mod places;
mod polling;
mod preset;
mod reading;
mod runtime;
#[cfg(test)]
mod schema;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use countersign_codegen::diagnostic::{Code, Mistakes, Policy};
use countersign_codegen::settings::{
    ApiSettings, Derive, Layout, Manifest, Metadata, ModulePath, Runtime,
};
use countersign_codegen::source::DocumentPath;

use crate::failure::Failure;
use crate::name;
use crate::vendored::Vendored;

use self::table::{ApiTable, File, LayoutTable, OutputTable};

pub(crate) use self::places::Places;
pub(crate) use self::preset::TypeChoice;
pub(crate) use self::reading::reading_of;

/// Where a reader finds what is missing here.
const HELP: &str = "docs/countersign-toml.md describes every key";

/// The JSON Schema of the file, for editors.
pub const SCHEMA: &str = include_str!("../../countersign.schema.json");

/// The file's name.
pub const FILE: &str = "countersign.toml";

/// The content of a file.
#[derive(Debug)]
pub struct Config {
    /// The command that generates the crates again, as it is shown in them.
    pub(crate) command: String,
    /// The APIs, by name.
    pub(crate) apis: BTreeMap<String, ApiConfig>,
    /// Levels and waivers, until the project takes them.
    pub(crate) policy: Option<Policy>,
    /// Where the crates of all APIs find the runtime, if it is set.
    pub(crate) runtime: Option<Runtime>,
}

/// The settings of one API in a file. Paths are relative to the folder of the file, with `/` between their parts.
#[derive(Clone, Debug)]
pub(crate) struct ApiConfig {
    /// The entry document.
    pub(crate) document: String,
    /// The entry document, relative to `root`.
    pub(crate) entry: DocumentPath,
    /// Overlays of the entry document, below the root.
    pub(crate) overlays: Vec<DocumentPath>,
    /// The folder that no reference may leave; empty for that of the file.
    pub(crate) root: String,
    /// The folder of the crates.
    pub(crate) folder: String,
    /// Where the crates find the runtime; a path is relative to the folder of the file.
    pub(crate) runtime: Runtime,
    /// Whether clients have fake servers.
    pub(crate) fake: bool,
    /// The layout of what is generated.
    pub(crate) layout: Layout,
    /// The folder of the manifest that generated code belongs to, if that is not one of ours.
    pub(crate) around: Option<String>,
    /// The style of manifests.
    pub(crate) manifest: Manifest,
    /// More keys of their packages.
    pub(crate) metadata: Vec<(String, Metadata)>,
    /// Rust types for formats, by format.
    pub(crate) types: BTreeMap<String, TypeChoice>,
    /// Further traits of types.
    pub(crate) derives: Vec<Derive>,
    /// The decisions about operations and types.
    pub(crate) api: ApiSettings,
    /// Whether warnings are errors.
    pub(crate) denies_warnings: bool,
    /// The text of all of these settings.
    pub(crate) text: String,
    /// Where the file says so.
    pub(crate) places: Places,
}

impl Config {
    /// The source of the runtime that is written beside the crates, if an API is to have it.
    pub(crate) fn vendored(&self) -> Option<Vendored> {
        let mut found: Option<Vendored> = None;
        for api in self.apis.values() {
            if let Runtime::Vendored(folder) = &api.runtime {
                let fake = api.fake || found.is_some_and(|found| found.fake);
                let folder = folder.clone();
                found = Some(Vendored { folder, fake });
            }
        }
        found
    }

    /// Reads the text of a file; `shown` stands before the file's name in reports.
    ///
    /// # Errors
    /// A report of every mistake.
    pub fn parse(text: String, shown: &str) -> Result<Self, Failure> {
        let path = DocumentPath::new(FILE).map_err(|error| Failure::Failed(error.to_string()))?;
        let mut mistakes = Mistakes::new(path.clone(), text.clone(), Code::Configuration, HELP);
        let file: File = match toml::from_str(&text) {
            Ok(file) => file,
            Err(error) => {
                // What TOML reports may take several lines.
                let what = error.message().trim().replace('\n', "; ");
                mistakes.add(error.span().unwrap_or_default(), &what);
                return Err(Failure::Rendered(
                    mistakes.into_report().unwrap_or_default().render(shown),
                ));
            }
        };
        let mut apis = BTreeMap::new();
        let whole: Arc<str> = text.as_str().into();
        let tables: toml::Table = toml::from_str(&text).unwrap_or_default();
        for (name, table) in &file.api {
            let place = table.span();
            let places = Places::of(table.get_ref(), &whole);
            match api(name, table.get_ref(), &file, places, &mut mistakes) {
                Ok(api) => {
                    let text = settings_of(name, tables.clone());
                    let api = ApiConfig { text, ..api };
                    if let Err(failure) = name::checked(name) {
                        mistakes.add(place, failure.message());
                    }
                    apis.insert(name.clone(), api);
                }
                Err(what) => mistakes.add(place, &what),
            }
        }
        if let Some(report) = mistakes.into_report() {
            return Err(Failure::Rendered(report.render(shown)));
        }
        let runtime = file.runtime.as_ref();
        let runtime = runtime.and_then(|runtime| runtime.get_ref().runtime("").ok());
        let policy = Policy::of_tables(path, text, file.levels, file.waiver)
            .map_err(|report| Failure::Rendered(report.render(shown)))?;
        Ok(Self {
            command: file.command.unwrap_or_else(|| "countersign gen".to_owned()),
            apis,
            policy: Some(policy),
            runtime,
        })
    }
}

/// The settings of the crates of one API, as text.
fn settings_of(name: &str, mut tables: toml::Table) -> String {
    let apis = tables.remove("api");
    let own = apis.and_then(|apis| apis.get(name).cloned());
    tables.extend(own.map(|own| ("api".to_owned(), own)));
    // What is said of findings changes no file.
    for key in ["waiver", "levels", "deny-warnings"] {
        tables.remove(key);
    }
    tables.to_string()
}

fn api(
    name: &str,
    table: &ApiTable,
    file: &File,
    places: Places,
    mistakes: &mut Mistakes,
) -> Result<ApiConfig, String> {
    let document = plain(table.document.get_ref())?;
    let root = match &table.root {
        Some(root) => plain(root)?,
        None => document
            .rsplit_once('/')
            .map_or_else(String::new, |(folder, _)| folder.to_owned()),
    };
    let entry = below(&root, &document)?;
    let overlays = table.overlays.iter();
    let overlays = overlays.map(|overlay| below(&root, &plain(overlay)?));
    let overlays = overlays.collect::<Result<_, String>>()?;
    let output = table.output.as_ref().unwrap_or(&file.output);
    let OutputTable {
        folder,
        member,
        layout,
        package,
    } = output;
    let runtime = table.runtime.as_ref().or(file.runtime.as_ref());
    let fake = runtime.is_none_or(|runtime| runtime.get_ref().fake());
    // One copy for all APIs.
    let shared = plain(file.output.folder.as_deref().unwrap_or("."))?;
    let shared = match file.output.layout {
        LayoutTable::Module => crate_around(&shared)?.0.to_owned(),
        _ => shared,
    };
    let runtime = match runtime {
        Some(runtime) => runtime
            .get_ref()
            .runtime(&shared)
            .map_err(str::to_owned)
            .inspect_err(|what| mistakes.add(runtime.span(), what))
            .unwrap_or(Runtime::Workspace),
        None => Runtime::Version(RUNTIME.to_owned()),
    };
    let folder = plain(folder.as_deref().unwrap_or("."))?;
    if let Some(outside) = [&folder, &shared].into_iter().find(|folder| leaves(folder)) {
        return Err(format!(
            "the folder of the output `{}` is outside the project",
            outside.escape_debug()
        ));
    }
    let mut around = None;
    let layout = match layout {
        LayoutTable::Crates => Layout::Crates,
        LayoutTable::Crate => Layout::Crate,
        LayoutTable::Module => {
            let (manifest, modules) = crate_around(&folder)?;
            around = Some(manifest.to_owned());
            let module = name.replace('-', "_");
            let modules = modules.split('/').filter(|part| !part.is_empty());
            let path = ModulePath::new(modules.chain([module.as_str()]));
            Layout::Module(path.ok_or("a folder of the path can't be the name of a module")?)
        }
    };
    let mut types = BTreeMap::new();
    for (format, choice) in file.types.iter().chain(&table.types) {
        match choice.get_ref().choices(format) {
            Ok(choices) => types.extend(choices),
            Err(what) => mistakes.add(choice.span(), &what),
        }
    }
    let mut derives = BTreeMap::new();
    for (feature, choice) in file.derives.iter().chain(&table.derives) {
        match choice.get_ref().derive(feature) {
            Ok(derive) => _ = derives.insert(feature.clone(), derive),
            Err(what) => mistakes.add(choice.span(), &what),
        }
    }
    let mut crates = BTreeMap::new();
    for (name, choice) in file.crates.iter().chain(&table.crates) {
        match choice.get_ref().krate(name) {
            Ok(krate) => _ = crates.insert(name.clone(), krate),
            Err(what) => mistakes.add(choice.span(), &what),
        }
    }
    let denies_warnings = table.deny_warnings.or(file.deny_warnings).unwrap_or(false);
    Ok(ApiConfig {
        document,
        entry,
        overlays,
        root,
        folder,
        runtime,
        fake,
        layout,
        around,
        metadata: package.metadata(),
        manifest: match member.unwrap_or(false) {
            true => Manifest::Member,
            false => Manifest::Standalone,
        },
        types,
        derives: derives.into_values().flatten().collect(),
        api: ApiSettings {
            selection: table.selection(),
            naming: table.names.settings(),
            paging: table.paging.settings(),
            polling: table.polling.settings(),
            reading: table.reading.settings(denies_warnings, mistakes),
            access: access::settings(&table.credential),
            newtypes: table.newtypes.settings(mistakes),
            crates: crates.into_values().collect(),
        },
        denies_warnings,
        text: String::new(),
        places,
    })
}

/// The folder of the crate that a folder of its modules is in, and the rest of the way.
fn crate_around(folder: &str) -> Result<(&str, &str), String> {
    let (before, after) = match folder {
        "src" => ("", ""),
        _ => match (folder.strip_prefix("src/"), folder.strip_suffix("/src")) {
            (Some(after), _) => ("", after),
            (None, Some(before)) => (before, ""),
            (None, None) => folder.split_once("/src/").ok_or_else(|| {
                let what =
                    "modules need a folder of the output that is the `src` of a crate, or below it";
                what.to_owned()
            })?,
        },
    };
    Ok((before, after))
}

/// Whether a path leads out of the folder that it is relative to.
fn leaves(path: &str) -> bool {
    let mut depth = 0_usize;
    path.split('/').any(|part| match part {
        ".." => depth.checked_sub(1).is_none_or(|above| {
            depth = above;
            false
        }),
        "" => false,
        _ => {
            depth += 1;
            false
        }
    })
}

/// The path of a document below the root of its API.
fn below(root: &str, document: &str) -> Result<DocumentPath, String> {
    let path = match root.is_empty() {
        true => Some(document),
        false => document.strip_prefix(&format!("{root}/")),
    };
    let path = path.ok_or_else(|| format!("`{document}` is not below `{root}`, the root"))?;
    DocumentPath::new(path).map_err(|error| error.to_string())
}

/// The version of the runtime that goes with this command.
pub(crate) const RUNTIME: &str = "0.1";

/// A path as it is compared and shown: no `.` in it, no slash at its end.
fn plain(path: &str) -> Result<String, String> {
    if path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return Err(format!(
            "`{}` is not a path relative to this file, with `/` between its parts",
            path.escape_debug()
        ));
    }
    let parts = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".");
    Ok(parts.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests;
