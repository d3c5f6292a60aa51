//! Advice on a YAML syntax error for the person who wrote the text.

use granit_parser::ErrorKind;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The finding for an error of the parser.
pub(super) fn finding(kind: &ErrorKind, span: Span) -> Diagnostic {
    if let ErrorKind::RecursionLimitExceeded = kind {
        return Diagnostic::error(Code::Limit, span, "values are nested too deeply")
            .help("name inner schemas and refer to them with `$ref`");
    }
    Diagnostic::error(Code::Syntax, span, format!("invalid YAML: {kind}")).help(help(kind))
}

/// The finding for a tab that indents a line.
pub(super) fn tab(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, span, "the line is indented with a tab")
        .help("indent with spaces: YAML does not allow tabs there")
}

/// The first tab in the indentation of the line of an error, or of the one after it.
pub(super) fn indenting_tab(text: &str, at: usize) -> Option<usize> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let mut from = start;
    for line in text.get(start..)?.split_inclusive('\n').take(2) {
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = line.get(..line.len() - content.len())?;
        // An empty line may have tabs.
        if let Some(tab) = indentation
            .find('\t')
            .filter(|_| !content.trim().is_empty())
        {
            return Some(from + tab);
        }
        from += line.len();
    }
    None
}

fn help(kind: &ErrorKind) -> &'static str {
    use ErrorKind as Yaml;
    match kind {
        Yaml::TabNotAllowed | Yaml::TabInBlockIndentation | Yaml::TabInIndentation => {
            "indent with spaces"
        }
        Yaml::UnknownAnchor => {
            "define the anchor above its first alias, or quote the text if it starts with `*`"
        }
        Yaml::MappingValueNotAllowed | Yaml::InvalidColonPlacement => {
            "quote the text if the colon belongs to it, or indent the key like its neighbours"
        }
        Yaml::UnclosedQuotedScalar | Yaml::DocumentIndicatorInQuotedScalar => "close the quote",
        Yaml::InvalidTrailingSingleQuotedScalar => "double a single quote that belongs to the text",
        Yaml::InvalidTrailingDoubleQuotedScalar | Yaml::UnknownQuotedScalarEscape => {
            "write a quote within the text as `\\\"` and a backslash as `\\\\`, or use single quotes"
        }
        Yaml::UnexpectedCharacter { .. } => "quote the text that starts with this character",
        Yaml::MisplacedFlowCollectionEnd
        | Yaml::MismatchedFlowCollectionEnd { .. }
        | Yaml::UnclosedFlowCollection { .. }
        | Yaml::UnexpectedEofFlowSequence
        | Yaml::UnexpectedEofFlowMapping
        | Yaml::ExpectedFlowMappingSeparator
        | Yaml::ExpectedFlowSequenceSeparator => {
            "balance the brackets and put commas between the values in them"
        }
        Yaml::InvalidIndentation
        | Yaml::ExpectedBlockMappingKey
        | Yaml::ExpectedBlockSequenceEntry
        | Yaml::InvalidBlockScalarIndent
        | Yaml::BlockSequenceEntryNotAllowed
        | Yaml::MappingKeyNotAllowed => "indent this line like its neighbours",
        Yaml::SimpleKeyExpected | Yaml::InvalidSimpleKey => {
            "write a colon and a space behind the key, on the same line; a key may have 1024 characters"
        }
        Yaml::CommentNotSeparated => "put a space before `#`",
        _ => "see the YAML 1.2 specification, or quote the text",
    }
}
