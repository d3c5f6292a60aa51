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
