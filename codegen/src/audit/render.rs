//! An audit as people read it: tables, aligned or in Markdown.

use std::fmt::Write as _;

use super::{Audit, Deviation, Keyword, Page};

/// The format of the tables.
#[derive(Clone, Copy)]
enum Style {
    Aligned,
    Markdown,
}

/// Which way the text of a column leans.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lean {
    Left,
    Right,
}

struct Column {
    head: &'static str,
    lean: Lean,
}

const PAGES: [Column; 7] = [
    left("page"),
    right("sections"),
    right("operations"),
    right("schemas"),
    right("properties"),
    right("examples"),
    right("deviations"),
];
const KEYWORDS: [Column; 4] = [left("object"), left("keyword"), right("uses"), left("role")];
const DEVIATIONS: [Column; 4] = [
    left("place"),
    left("keyword"),
    left("the page says"),
    left("reason"),
];

const fn left(head: &'static str) -> Column {
    let lean = Lean::Left;
    Column { head, lean }
}

const fn right(head: &'static str) -> Column {
    let lean = Lean::Right;
    Column { head, lean }
}

impl Audit {
    /// Aligned tables of pages and keywords, under the name of the API.
    pub fn text(&self, name: &str) -> String {
        let mut out = format!("{name}\n\n");
        if !self.pages.is_empty() {
            table(&mut out, &PAGES, &self.page_rows(), Style::Aligned);
            out.push('\n');
        }
        table(&mut out, &KEYWORDS, &self.keyword_rows(), Style::Aligned);
        out
    }

    /// Tables in Markdown, the deviations among them.
    pub fn markdown(&self, name: &str) -> String {
        let mut out = format!("## {}\n\n", cell(name));
        if !self.pages.is_empty() {
            table(&mut out, &PAGES, &self.page_rows(), Style::Markdown);
            out.push_str("\n### Deviations\n\n");
            let rows: Vec<Vec<String>> = self.deviations.iter().map(deviation).collect();
            table(&mut out, &DEVIATIONS, &rows, Style::Markdown);
            out.push('\n');
        }
        out.push_str("### Keywords\n\n");
        table(&mut out, &KEYWORDS, &self.keyword_rows(), Style::Markdown);
        out.push('\n');
        out
    }

    fn page_rows(&self) -> Vec<Vec<String>> {
        let row = |page: &Page| {
            let mut row = vec![page.page.clone()];
            let counts = [
                page.sections,
                page.operations,
                page.schemas,
                page.properties,
                page.examples,
                page.deviations,
            ];
            row.extend(counts.map(|count| count.to_string()));
            row
        };
        self.pages.iter().map(row).collect()
    }

    fn keyword_rows(&self) -> Vec<Vec<String>> {
        let row = |known: &Keyword| {
            vec![
                known.object.to_owned(),
                known.keyword.clone(),
                known.uses.to_string(),
                known.role.name().to_owned(),
            ]
        };
        self.keywords.iter().map(row).collect()
    }
}

fn deviation(deviation: &Deviation) -> Vec<String> {
    vec![
        format!("{}:{}", deviation.file, deviation.line),
        deviation.keyword.clone(),
        deviation
            .says
            .clone()
            .unwrap_or_else(|| "nothing".to_owned()),
        deviation.reason.clone(),
    ]
}

fn table(out: &mut String, columns: &[Column], rows: &[Vec<String>], style: Style) {
    let heads: Vec<String> = columns
        .iter()
        .map(|column| column.head.to_owned())
        .collect();
    match style {
        Style::Markdown => {
            markdown_row(out, &heads);
            let rules = columns.iter().map(|column| match column.lean {
                Lean::Left => "---".to_owned(),
                Lean::Right => "---:".to_owned(),
            });
            markdown_row(out, &rules.collect::<Vec<_>>());
            for row in rows {
                markdown_row(out, &row.iter().map(|text| cell(text)).collect::<Vec<_>>());
            }
        }
        Style::Aligned => {
            let all = || std::iter::once(&heads).chain(rows);
            let widths: Vec<usize> = (0..columns.len())
                .map(|at| {
                    let lengths = all().filter_map(|row| Some(row.get(at)?.chars().count()));
                    lengths.max().unwrap_or(0)
                })
                .collect();
            for row in all() {
                aligned_row(out, columns, &widths, row);
            }
        }
    }
}

fn aligned_row(out: &mut String, columns: &[Column], widths: &[usize], row: &[String]) {
    let mut line = String::new();
    for ((text, width), column) in row.iter().zip(widths).zip(columns) {
        // Writing to a string can't fail.
        let _ = match column.lean {
            Lean::Left => write!(line, "{text:width$}   "),
            Lean::Right => write!(line, "{text:>width$}   "),
        };
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

fn markdown_row(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// Text that can't leave its cell.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '\\' | '<' | '*' | '_' | '[' => {
                safe.push('\\');
                safe.push(letter);
            }
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
