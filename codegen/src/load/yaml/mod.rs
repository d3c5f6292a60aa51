//! Reads YAML 1.2.

#[cfg(any(test, fuzzing))]
pub(super) mod differential;
mod error;
mod fast;
mod full;
mod merge;

use super::build::{Builder, Stopped};
use super::scalar::{self, Meaning};
use super::{Number, Value};
use crate::source::Span;

/// Builds the tree of `text`.
pub(super) fn parse(text: &str, builder: &mut Builder<'_>) -> Result<(), Stopped> {
    match fast::parse(text, builder) {
        Ok(()) => Ok(()),
        Err(fast::Failure::Stopped) => Err(Stopped),
        Err(fast::Failure::Other) => {
            builder.begin_again();
            full::parse(text, builder)
        }
    }
}

/// The value of a scalar that means this.
fn meant(
    meaning: Meaning,
    text: &str,
    span: Span,
    builder: &mut Builder<'_>,
) -> Result<Value, Stopped> {
    Ok(match meaning {
        Meaning::Null => Value::Null,
        Meaning::Bool(value) => Value::Bool(value),
        Meaning::Text => Value::String(builder.arena.text(text)),
        Meaning::Number(value) => Value::Number(Box::new(Number {
            text: builder.arena.text(text),
            value,
        })),
        Meaning::TooLarge => {
            builder.findings.push(scalar::too_large(text, span));
            Value::Number(Box::new(Number {
                text: builder.arena.text(text),
                value: scalar::largest(text),
            }))
        }
    })
}

/// Where a text below `|` or `>` ends, without the white space behind it.
fn block_end(text: &str, start: usize, end: usize) -> usize {
    let block = text.get(start..end).unwrap_or_default();
    start + block.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::differential::is_quick;

    #[test]
    fn what_authors_write_is_read_quickly_and_alike() {
        for text in [
            "a: 1\nb:\n  c: two words\n  d: ~\n",
            "---\n# of it\na: 1 # one\n\n# more\nb: 'it''s' # two\n",
            "a:\n- 1\n- b: c\n  d:\n  - e\nf:\n  - - 1\n    - 2\n  -\n    - 3\n",
            "a:\n- - 1\n- -\n    b: c\n",
            "a:\nb:\n-\n  c\n- d:\ne: 1\n",
            "a: one\n  two\n\n  three # end\nb: - 1\n",
            "a: \"x \\\"y\\\"\\n\\u00e9 \\\n  z\n\n  w \"\nb: 'p\n  q '\n",
            "a: |\n  one\n\n    two\n  three\n\nb: >-\n\n  one\n  two\n\n\n  three\n    four\n\n  five\n",
            "a: |2-\n    one\n   two\nb: >\n  x\n  \ty\n  z\n",
            "a: [1, two words, \"3\", {b: c, \"d\":e, f: [ ] }]\ng:\n  {\n    h: i,\n  }\n",
            "'a': 1\n\"b c\" : 2\n/d/{e}: 3\n$ref: '#/f'\n200: 4\n",
            "- a\n- b\n",
            "a: 1\na: 2\n",
            "a: https://h.example/p?q#r\nb: a:b #c\nc: 'x' #d\n",
            "a: 1e999x\nb: 0x1F\nc: -1.5\nd: 2020-01-01\ne: no\n",
        ] {
            let is_plain = !text.contains("b: - 1");
            assert_eq!(is_quick(text), is_plain, "{text}");
        }
    }

    #[test]
    fn whatever_is_put_together_is_read_alike() {
        let pieces = [
            "a:", "b: ", "c: d", "- ", "-", "e", "'f g'", "\"h\\n\"", "|", ">", "|-", ">-", "|2",
            "\n", "\n", "\n  ", "\n  ", "\n    ", "\n      ", "\n\n", " ", "  ", "# i", " # j",
            "[", "]", "{", "}", ", ", ",", "k: ", "\"l\":", "1", "-2.5", "null", "~", ": ", ":",
            "'", "\"", "\\", "---\n", "\n- m: n", "\n  - o", "\n  p: q", "\nr: s", "\nt:",
            "\u{e9}", "<<: ", "&u ", "*u", "!!str ", "? ", "\t", "%", "@",
        ];
        // A generator of Knuth's: the same texts on every machine.
        let mut state = 1_u64;
        let mut draw = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut quick = 0;
        for _ in 0..40_000 {
            let mut text = String::from(["a: b\n", "a:\n", "a:\n  ", "- "][draw(4)]);
            for _ in 0..=draw(12) {
                // Odd ones are rarer than others, or hardly a text would be read.
                let among = if draw(8) == 0 { pieces.len() } else { 42 };
                text.push_str(pieces[draw(among)]);
            }
            quick += u32::from(is_quick(&text));
        }
        assert!(quick > 4_000, "{quick}");
    }
}
