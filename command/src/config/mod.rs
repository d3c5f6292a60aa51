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
mod tests {
    use super::*;

    fn mistakes(text: &str) -> String {
        match Config::parse(text.to_owned(), "") {
            Ok(config) => panic!("{config:?}"),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn what_is_left_out_has_a_default() {
        let text = "[api.pets]\ndocument = './docs/pets.yaml'\n";
        let config = Config::parse(text.to_owned(), "").expect("a sound file");
        let pets = &config.apis["pets"];
        assert_eq!(config.command, "countersign gen");
        assert_eq!(pets.document, "docs/pets.yaml");
        assert_eq!(pets.root, "docs");
        assert_eq!(pets.folder, "");
        assert_eq!(pets.runtime, Runtime::Version(RUNTIME.to_owned()));
        assert_eq!(pets.manifest, Manifest::Standalone);
        assert!(!pets.denies_warnings);
    }

    #[test]
    fn an_api_overrides_what_is_set_for_all() {
        let text = "deny-warnings = true\n[output]\nfolder = 'crates'\nmember = true\n[runtime]\npath = 'runtime'\n\
                    [types]\ndate = 'a::B'\n\
                    url = {preset = true}\n\
                    [api.a]\ndocument = 'a.yaml'\n\
                    [api.b]\ndocument = 'x/y/b.yaml'\nroot = 'x'\ndeny-warnings = false\n\
                    output = {folder = 'other'}\nruntime = {version = '7'}\ntypes = {date = 'c::D'}\n";
        let config = Config::parse(text.to_owned(), "").expect("a sound file");
        let (a, b) = (&config.apis["a"], &config.apis["b"]);
        assert_eq!((a.root.as_str(), b.root.as_str()), ("", "x"));
        assert_eq!((a.folder.as_str(), b.folder.as_str()), ("crates", "other"));
        assert_eq!(a.runtime, Runtime::Path("runtime".to_owned()));
        assert_eq!(b.runtime, Runtime::Version("7".to_owned()));
        assert_eq!(
            (a.types["date"].path.as_str(), b.types["date"].path.as_str()),
            ("a::B", "c::D")
        );
        assert!(a.denies_warnings && !b.denies_warnings);
    }

    #[test]
    fn mistakes_are_reported_with_their_lines() {
        let unknown = mistakes("[api.pets]\ndocumnet = 'pets.yaml'\n");
        assert!(unknown.contains("unknown field `documnet`"), "{unknown}");
        assert!(unknown.contains("countersign.toml:2:1"), "{unknown}");
        let outside = mistakes("[api.a]\ndocument = 'x/a.yaml'\noverlays = ['y/b.yaml']\n");
        assert!(
            outside.contains("`y/b.yaml` is not below `x`, the root"),
            "{outside}"
        );
        let several = mistakes(
            "[runtime]\nversion = '1'\npath = 'x'\n[api.Pets]\ndocument = 'pets.yaml'\n\
             [api.dogs]\ndocument = '/etc/dogs.yaml'\n",
        );
        for part in [
            "countersign.toml:1:1",
            "expected one of `version`, `path`, `git`, `workspace = true` and `vendored = true`",
            "`Pets` can't be the name of crates",
            "`/etc/dogs.yaml` is not a path relative to this file",
        ] {
            assert!(several.contains(part), "{part}: {several}");
        }
        for folder in ["..", "../../x", "a/../../x"] {
            let output = mistakes(&format!(
                "[output]\nfolder = '{folder}'\n[api.a]\ndocument = 'a.yaml'\n"
            ));
            assert!(output.contains("is outside the project"), "{output}");
        }
        let rule = mistakes("[api.a]\ndocument = 'a.yaml'\n[levels]\nnone = 'off'\n");
        for part in [
            "error[configuration]: there is no rule `none`",
            "`countersign rule` lists the rules",
        ] {
            assert!(rule.contains(part), "{part}: {rule}");
        }
    }

    #[test]
    fn types_of_known_crates_bring_their_crate() {
        let config = Config::parse(
            "[types]\ntime = {preset = true}\nrust_decimal = {preset = true, version = '1.30'}\n\
             email = {preset = true}\ncidr = 'ipnet::IpNet'\n\
             \"#/a\" = {path = 'chrono::NaiveDateTime', features = ['clock']}\n\
             \"#/b\" = 'chrono::DateTime'\n\"#/c\" = 'crate::Own'\n\
             [api.a]\ndocument = 'a.yaml'\n"
                .to_owned(),
            "",
        );
        let types = &config.expect("a sound file").apis["a"].types;
        let shown = |key: &str| {
            let TypeChoice { path, krate } = &types[key];
            let krate = krate.as_ref();
            let krate = krate.map(|of| format!(" {} {} {:?}", of.name, of.version, of.features));
            format!("{path}{}", krate.unwrap_or_default())
        };
        for (key, expected) in [
            ("date-time", "::time::OffsetDateTime time 0.3 []"),
            ("time", "::time::Time time 0.3 []"),
            ("decimal", "::rust_decimal::Decimal rust_decimal 1.30 []"),
            (
                "email",
                "::email_address::EmailAddress email_address 0.2 [\"serde\"]",
            ),
            ("cidr", "ipnet::IpNet ipnet 2 [\"serde\"]"),
            (
                "#/a",
                "chrono::NaiveDateTime chrono 0.4 [\"serde\", \"clock\"]",
            ),
            (
                "#/b",
                "::chrono::DateTime<::chrono::Utc> chrono 0.4 [\"serde\"]",
            ),
            ("#/c", "crate::Own"),
        ] {
            assert_eq!(shown(key), expected);
        }
    }

    #[test]
    fn derives_and_crates_are_checked() {
        let document = "[api.a]\ndocument = 'a.yaml'\n";
        let sound = "[derives]\nschemars = true\narbitrary = {types = ['Pet*']}\nproptest = false\n\
                     ts = {path = 'ts_rs::TS', crate = 'ts-rs', version = '11'}\n\
                     [crates]\noxnet = '0.1'\n";
        let config = Config::parse(format!("{sound}{document}"), "").expect("a sound file");
        let derives = config.apis["a"].derives.iter();
        let derives: Vec<&str> = derives.map(|derive| derive.feature.as_str()).collect();
        assert_eq!(derives, ["arbitrary", "schemars", "ts"]);
        assert_eq!(config.apis["a"].api.crates[0].name, "oxnet");
        let said = mistakes(&format!(
            "{document}newtypes = {{places = {{petId = ['#/a']}}}}\n"
        ));
        assert!(said.contains("`petId` is not a name of a type"), "{said}");
        for (table, part) in [
            (
                "[derives]\nhyper = true\n",
                "`hyper` can't be the name of a feature here",
            ),
            (
                "[derives]\nts = true\n",
                "`true` is for arbitrary, proptest, schemars",
            ),
            (
                "[derives]\nts = {}\n",
                "expected the `path` of a derive macro",
            ),
            (
                "[derives]\nts = {path = 'a::B<C>'}\n",
                "expected the `path` of a derive macro",
            ),
            (
                "[derives]\nts = {path = 'a::B', crate = 'a'}\n",
                "`crate` and `version` together",
            ),
            ("[derives]\nts = 1\n", "expected `true`, or a table"),
            (
                "[crates]\nserde = '1'\n",
                "generated crates have `serde` already",
            ),
            (
                "[crates]\noxnet = {features = []}\n",
                "expected a version, or a table",
            ),
        ] {
            let said = mistakes(&format!("{table}{document}"));
            assert!(said.contains(part), "{part}: {said}");
        }
    }

    #[test]
    fn values_of_several_kinds_have_plain_messages() {
        let document = "[api.a]\ndocument = 'a.yaml'\n";
        for (table, part) in [
            ("[levels]\nplain-http = 'of'\n", "expected a level"),
            ("[levels]\na = {plain-http = 'of'}\n", "expected a level"),
            ("[levels]\nplain-http = 1\n", "expected a level"),
            (
                "[api.a.paging]\noperations = {b = 'of'}\n",
                "expected `\"off\"`",
            ),
            (
                "[api.a.paging]\noperations = {b = {style = 'page', pag = 'p'}}\n",
                "or a table with `style`",
            ),
            ("[types]\ndate = 1\n", "expected the path of a type"),
            (
                "[types]\ndate = {pth = 'a::B'}\n",
                "expected the path of a type",
            ),
        ] {
            let text = mistakes(&format!("{document}{table}"));
            assert!(text.contains(part), "{table}: {text}");
            assert!(text.contains("countersign.toml:4:"), "{table}: {text}");
            assert!(!text.contains("untagged"), "{table}: {text}");
        }
    }
}
