//! Paths of documents, and lines and columns in their text.

use countersign_codegen::source::{DocumentPath, PathError, Position, Text};

fn path(text: &str) -> DocumentPath {
    DocumentPath::new(text).expect("a path below the root")
}

#[test]
fn a_path_is_normalised() {
    for (written, normal) in [
        ("api.yaml", "api.yaml"),
        ("./api.yaml", "api.yaml"),
        ("a/../b.yaml", "b.yaml"),
        ("a//b/./c/../d.yaml", "a/b/d.yaml"),
        ("..a/b..yaml", "..a/b..yaml"),
        ("a b%20.yaml", "a b%20.yaml"),
    ] {
        assert_eq!(path(written).as_str(), normal);
    }
}

#[test]
fn a_path_stays_below_the_root() {
    for (written, why) in [
        ("", PathError::Empty),
        (".", PathError::Empty),
        ("a/..", PathError::Empty),
        ("/etc/passwd", PathError::Absolute),
        ("C:/x.yaml", PathError::Absolute),
        ("..", PathError::Escapes),
        ("a/../../b", PathError::Escapes),
        ("a\\b", PathError::Backslash),
        ("a\0b", PathError::Control),
        ("a\nb", PathError::Control),
    ] {
        assert_eq!(DocumentPath::new(written), Err(why), "{written:?}");
    }
}

#[test]
fn a_reference_is_relative_to_the_folder_of_its_document() {
    let from = path("spec/api/openapi.yaml");
    for (reference, to) in [
        ("pet.yaml", "spec/api/pet.yaml"),
        ("./parts/pet.yaml", "spec/api/parts/pet.yaml"),
        ("../shared/pet.yaml", "spec/shared/pet.yaml"),
        ("../../pet%20shop.yaml", "pet shop.yaml"),
        ("caf%C3%A9.yaml", "spec/api/café.yaml"),
    ] {
        assert_eq!(from.join(reference).expect("a path").as_str(), to);
    }
    for (reference, why) in [
        ("../../../x.yaml", PathError::Escapes),
        ("%2e%2e/%2E%2E/%2e%2e/x.yaml", PathError::Escapes),
        ("/x.yaml", PathError::Absolute),
        ("..%5Cx.yaml", PathError::Backslash),
        ("x%00.yaml", PathError::Control),
        ("x%2.yaml", PathError::Percent),
        ("x%FF.yaml", PathError::Percent),
        ("", PathError::Empty),
    ] {
        assert_eq!(from.join(reference), Err(why), "{reference:?}");
    }
}

#[test]
fn the_stem_is_the_name_without_folder_and_extension() {
    for (written, stem) in [
        ("spec/mfa_provider.yaml", "mfa_provider"),
        ("a.b.json", "a.b"),
        ("folder.d/name", "name"),
        (".hidden", ".hidden"),
    ] {
        assert_eq!(path(written).stem(), stem);
    }
}

#[test]
fn lines_end_with_any_break_and_columns_count_characters() {
    let text = Text::new(path("x"), "a\nb\r\nçé🦀x\rlast\n".to_owned());
    let position = |line, column| Position { line, column };
    for (offset, expected) in [
        (0, position(1, 1)),
        (1, position(1, 2)),
        (2, position(2, 1)),
        (5, position(3, 1)),
        (7, position(3, 2)),
        (9, position(3, 3)),
        (11, position(3, 3)),
        (13, position(3, 4)),
        (15, position(4, 1)),
        (20, position(5, 1)),
        (999, position(5, 1)),
    ] {
        assert_eq!(text.position(offset), expected, "byte {offset}");
    }
    assert_eq!(text.line_around(9), ("çé", "🦀x"));
}

#[test]
fn an_empty_text_has_one_line() {
    let text = Text::new(path("x"), String::new());
    assert_eq!(text.position(0), Position { line: 1, column: 1 });
    assert_eq!(text.line_around(7), ("", ""));
}
