//! An explanation as people read it: document and Rust side by side where there is room, then the reasons.

use std::fmt::Write as _;

use super::{Excerpt, Explanation, Reason};
use crate::diagnostic::printable;

/// Below this width, in columns, document and Rust stand one under the other.
const NARROW: usize = 100;
/// The separator of the two columns.
const BETWEEN: &str = " | ";

impl Explanation {
    /// The text, at most `width` columns wide where document and Rust stand side by side. `generated` stands before the
    /// paths of files of Rust.
    pub fn text(&self, width: usize, generated: &str) -> String {
        let mut out = format!("{}\n", printable(&self.subject));
        for sentence in &self.means {
            let _ = writeln!(out, "  {}", printable(sentence));
        }
        if let Some(page) = &self.page {
            let section = page.section.as_ref().map(|section| format!(", {section}"));
            let section = section.unwrap_or_default();
            let shown = printable(&format!("{}{section}", page.page));
            let _ = writeln!(out, "\npage: {shown}\n  {}", printable(&page.said_at));
        }
        out.push('\n');
        self.sides(&mut out, width, generated);
        out.push_str("\nwhy\n");
        let mut last = None;
        for reason in &self.reasons {
            if last != Some(&reason.what) {
                let _ = writeln!(out, "  {}", printable(&reason.what));
            }
            last = Some(&reason.what);
            reason_line(&mut out, reason);
        }
        out
    }

    fn sides(&self, out: &mut String, width: usize, generated: &str) {
        let left: Vec<String> = self
            .document
            .iter()
            .flat_map(|lines| numbered(lines, ""))
            .collect();
        let mut right = Vec::new();
        for (at, lines) in self.rust.iter().enumerate() {
            if at > 0 {
                right.push(String::new());
            }
            right.extend(numbered(lines, generated));
        }
        if width < NARROW {
            for line in left
                .iter()
                .chain(std::iter::once(&String::new()))
                .chain(&right)
            {
                out.push_str(line.trim_end());
                out.push('\n');
            }
            return;
        }
        let room = width - BETWEEN.len();
        let longest = left
            .iter()
            .map(|line| line.chars().count())
            .max()
            .unwrap_or(0);
        let (left_width, right_width) = (longest.min(room / 2), room - longest.min(room / 2));
        let left = wrapped(&left, left_width);
        let right = wrapped(&right, right_width);
        for at in 0..left.len().max(right.len()) {
            let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
            let (left, right) = (line(&left), line(&right));
            let line = format!("{left:left_width$}{BETWEEN}{right}");
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

/// The lines of a file, its name and number above them.
fn numbered(lines: &Excerpt, prefix: &str) -> Vec<String> {
    let head = format!(
        "{}:{}",
        printable(&format!("{prefix}{}", lines.file)),
        lines.line
    );
    let body = lines
        .lines
        .iter()
        .map(|line| format!("  {}", printable(line)));
    std::iter::once(head).chain(body).collect()
}

/// Lines that are at most so wide; what is cut off goes on in the next line, further in.
fn wrapped(lines: &[String], width: usize) -> Vec<String> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let letters: Vec<char> = line.chars().collect();
        let first = letters.iter().take_while(|letter| **letter == ' ').count();
        let indentation = " ".repeat((first + 4).min(width / 2));
        let mut rest = letters.as_slice();
        let mut before = "";
        loop {
            let cut = cut(rest, (width - before.len()).max(1));
            let (now, later) = rest.split_at(cut);
            out.push(before.chars().chain(now.iter().copied()).collect());
            if later.is_empty() {
                break;
            }
            (rest, before) = (later, &indentation);
        }
    }
    out
}

/// Where to cut a line: behind a space near its end, if there is one.
fn cut(line: &[char], width: usize) -> usize {
    if line.len() <= width {
        return line.len();
    }
    let head = line.get(..width).unwrap_or(line);
    let space = head.iter().rposition(|letter| *letter == ' ');
    space
        .filter(|at| *at > width / 2)
        .map_or(width, |at| at + 1)
}

fn reason_line(out: &mut String, reason: &Reason) {
    let why = printable(&reason.why);
    let _ = match &reason.at {
        Some(at) => writeln!(out, "    {why} ({})", printable(at)),
        None => writeln!(out, "    {why}"),
    };
}
