//! The first hour: `countersign init`, then `gen`; what shells take in; and the library as a build script calls it.

use tempfile::TempDir;

use crate::support::{countersign, put, read};

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  born: {type: string, format: date-time}
                  site: {type: string, format: uri}
                  price: {type: string, format: money}
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "docs/pets.yaml", PETS);
    folder
}

#[track_caller]
fn done(folder: &TempDir, arguments: &[&str]) -> String {
    let output = countersign(folder.path(), arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn refused(folder: &TempDir, arguments: &[&str], code: i32) -> String {
    let output = countersign(folder.path(), arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{errors}");
    errors
}

#[test]
fn two_commands_make_crates_of_a_document() {
    let folder = folder();
    let shown = done(&folder, &["init", "docs/pets.yaml"]);
    assert!(shown.contains("pets, 1 operation,"), "{shown}");
    assert!(shown.ends_with("next: countersign gen\n"), "{shown}");
    done(&folder, &["gen"]);
    assert!(read(&folder, "generated/pets-client/src/lib.rs").contains("`countersign gen`"));
    done(&folder, &["gen", "--check"]);
    let inner = folder.path().join("docs");
    assert!(countersign(&inner, ["gen", "--check"]).status.success());
}

#[test]
fn editors_know_the_file() {
    let folder = folder();
    done(&folder, &["init", "docs/pets.yaml", "--schema"]);
    assert!(read(&folder, "countersign.toml").starts_with("#:schema ./countersign.schema.json\n"));
    let schema = read(&folder, "countersign.schema.json");
    assert_eq!(schema, done(&folder, &["schema"]));
    assert!(schema.contains("\"leave-out\""), "{schema}");
    done(&folder, &["gen"]);
}

#[test]
fn a_workspace_is_told_of_its_new_members() {
    let folder = folder();
    put(folder.path(), "Cargo.toml", "[workspace]\nmembers = []\n");
    let shown = done(
        &folder,
        &["init", "docs/pets.yaml", "--out", "crates", "--name", "zoo"],
    );
    assert!(shown.contains("add \"crates/*\" to the members"), "{shown}");
    assert!(read(&folder, "countersign.toml").contains("[api.zoo]"));
}

#[test]
fn nothing_is_written_where_it_could_do_harm() {
    let folder = folder();
    let other = self::folder();
    let outside = other.path().join("docs/pets.yaml");
    let outside = outside.to_str().expect("a path");
    assert!(refused(&folder, &["init", outside], 2).contains("is not below this folder"));
    put(folder.path(), "broken.yaml", "openapi: 3.0.3\npaths: [\n");
    assert!(refused(&folder, &["init", "broken.yaml"], 1).contains("broken.yaml:"));
    assert!(!folder.path().join("countersign.toml").exists());
    put(folder.path(), "countersign.toml", "# mine\n");
    assert!(refused(&folder, &["init", "docs/pets.yaml"], 2).contains("already"));
    assert_eq!(read(&folder, "countersign.toml"), "# mine\n");
}

#[test]
fn without_a_project_the_help_names_init() {
    let folder = folder();
    for verb in ["gen", "lint", "outline", "audit", "diff", "review"] {
        let errors = refused(&folder, &[verb], 2);
        assert!(errors.contains("countersign init"), "{verb}: {errors}");
    }
}

#[test]
fn shells_and_readers_are_served() {
    let folder = folder();
    let version = done(&folder, &["--version"]);
    assert_eq!(
        version,
        format!("countersign {}\n", env!("CARGO_PKG_VERSION"))
    );
    let help = done(&folder, &["--help"]);
    assert!(
        help.contains("Examples:") && help.contains("Exit status:"),
        "{help}"
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = done(&folder, &["completions", shell]);
        assert!(text.contains("explain") && text.contains("init"), "{shell}");
    }
    done(&folder, &["man", "--out", "man"]);
    for page in ["countersign", "countersign-gen", "countersign-init"] {
        let text = read(&folder, &format!("man/{page}.1"));
        assert!(text.contains(".SH NAME"), "{page}: {text}");
    }
}

#[test]
fn types_bring_their_crates() {
    let folder = folder();
    let project = "[runtime]\ngit = 'https://example.com/r.git'\ntag = 'v1'\n\
                   [types]\nchrono = {preset = true, features = ['clock']}\nurl = {preset = true, version = '2.5'}\n\
                   money = {path = '::money::Money', crate = 'money', version = '3', features = ['serde']}\n\
                   [api.pets]\ndocument = 'docs/pets.yaml'\n";
    put(folder.path(), "countersign.toml", project);
    done(&folder, &["gen"]);
    let manifest = read(&folder, "pets-model/Cargo.toml");
    for line in [
        "chrono = { features = [\"serde\", \"clock\"], version = \"0.4\" }",
        "money = { features = [\"serde\"], version = \"3\" }",
        "url = { features = [\"serde\"], version = \"2.5\" }",
        "git = \"https://example.com/r.git\", tag = \"v1\"",
    ] {
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
    let outline = done(&folder, &["outline"]);
    for ty in [
        "::chrono::DateTime<::chrono::Utc>",
        "::url::Url",
        "::money::Money",
    ] {
        assert!(outline.contains(ty), "{ty}: {outline}");
    }
    for (from, to, what) in [
        (
            "chrono = {preset",
            "weather = {preset",
            "there is no preset `weather`",
        ),
        (
            "crate = 'money'",
            "crate = 'serde'",
            "generated crates have `serde` already",
        ),
        (
            "version = '3'",
            "preset = true",
            "expected the path of a type",
        ),
        (
            "tag = 'v1'",
            "tag = 'v1'\nrev = 'a'",
            "expected one of `branch`, `tag` and `rev`",
        ),
    ] {
        put(
            folder.path(),
            "countersign.toml",
            &project.replace(from, to),
        );
        let errors = refused(&folder, &["gen"], 1);
        assert!(
            errors.contains(what) && errors.contains("countersign.toml:"),
            "{errors}"
        );
    }
}

#[test]
fn a_build_script_generates_in_a_line() {
    let folder = folder();
    let surprise = PETS.replace(
        "                type: object",
        "                surprise: 1\n                type: object",
    );
    put(folder.path(), "docs/pets.yaml", &surprise);
    done(&folder, &["init", "docs/pets.yaml"]);
    let project = || countersign::Project::from_file(folder.path().join("countersign.toml"));
    let project = project().expect("a project");
    let generated = project.generate().expect("sound documents");
    assert!(generated.warnings().contains("unknown-keyword"));
    let read_from: Vec<_> = generated.documents();
    assert_eq!(read_from, [folder.path().join("docs/pets.yaml")]);
    generated.write().expect("written");
    let generated = || project.generate().expect("sound documents");
    generated().check().expect("up to date");
    put(folder.path(), "generated/pets-model/src/lib.rs", "edited");
    assert!(generated().check().is_err());
    put(folder.path(), "docs/pets.yaml", "openapi: [\n");
    let Err(error) = project.generate() else {
        panic!("a broken document is not an API");
    };
    assert!(error.to_string().contains("docs/pets.yaml:"), "{error}");
}

#[test]
fn ids_that_frameworks_derive_are_shortened_where_that_is_clear() {
    let document = "\
openapi: 3.1.0
info: {title: Runs, version: '1'}
paths:
  /flow_runs:
    post: {operationId: create_flow_run_flow_runs_post, responses: {'204': {description: Done.}}}
    get: {operationId: read_flow_runs_get, responses: {'204': {description: Done.}}}
  /tasks:
    get: {operationId: read_tasks_get, responses: {'204': {description: Done.}}}
    put: {operationId: PUTTASKS, responses: {'204': {description: Done.}}}
";
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "runs.json", "{}");
    put(folder.path(), "runs.yaml", document);
    done(&folder, &["init", "runs.yaml"]);
    let file = read(&folder, "countersign.toml");
    assert!(
        file.ends_with("[api.runs.names]\nshorten = true\n"),
        "{file}"
    );
    let methods = |folder: &TempDir| {
        done(folder, &["gen"]);
        let module = std::fs::read_dir(folder.path().join("generated/runs-client/src"))
            .expect("a folder")
            .map(|file| std::fs::read_to_string(file.expect("a file").path()).unwrap_or_default());
        let all = module.collect::<String>();
        let lines = all.lines().filter_map(|line| {
            let (name, _) = line.trim().strip_prefix("pub fn ")?.split_once("(&self)")?;
            Some(name.to_owned())
        });
        lines.collect::<std::collections::BTreeSet<_>>()
    };
    // Two would be `read`: both keep what tells them apart.
    let short = [
        "create_flow_run",
        "puttasks",
        "read_flow_runs_get",
        "read_tasks_get",
    ];
    assert_eq!(methods(&folder), short.map(str::to_owned).into());
    let named = "names = {operations = {PUTTASKS = 'replace_tasks'}}";
    let file = file.replace("[api.runs.names]\nshorten = true\n", "");
    let set = |names: &str| {
        put(
            folder.path(),
            "countersign.toml",
            &format!("{file}{names}\n"),
        )
    };
    set(named);
    let own = [
        "create_flow_run_flow_runs_post",
        "read_flow_runs_get",
        "read_tasks_get",
        "replace_tasks",
    ];
    assert_eq!(methods(&folder), own.map(str::to_owned).into());
    set("names = {operations = {putTasks = 'replace_tasks'}}");
    let said = refused(&folder, &["gen"], 1);
    assert!(
        said.contains("`putTasks` in `names.operations` matches no operation"),
        "{said}"
    );
    assert!(said.contains("countersign.toml:"), "{said}");
}
