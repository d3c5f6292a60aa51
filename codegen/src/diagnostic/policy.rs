//! The policy of one workspace: levels that differ from the usual ones, and waivers for single places.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::{Code, Diagnostic, Located, Report, Severity};
use crate::source::{DocumentId, DocumentPath, Span, Text};

/// The severity of a broken rule of lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing: it is not looked for.
    Off,
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Level {
    /// The severity of what is found; none where nothing is looked for.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// The level of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "off" => Self::Off,
            "note" => Self::Note,
            "warning" => Self::Warning,
            "error" => Self::Error,
            _ => return None,
        })
    }
}

/// Levels that differ from those of the table of rules.
#[derive(Clone, Debug, Default)]
pub struct Levels(BTreeMap<Code, Level>);

impl Levels {
    /// The level of a rule of lint; none for rules of the generator, which are as bad as they are.
    pub fn of(&self, rule: Code) -> Option<Level> {
        let usual = rule.usual_level()?;
        Some(self.0.get(&rule).copied().unwrap_or(usual))
    }

    /// The same with another level of a rule, by its name.
    ///
    /// # Errors
    /// If lint has no rule of that name.
    pub fn with(mut self, rule: &str, level: Level) -> Result<Self, String> {
        match code(rule) {
            Some(code) if code.usual_level().is_some() => {
                self.0.insert(code, level);
                Ok(self)
            }
            Some(_) => Err(format!(
                "`{rule}` is a rule of the generator, whose level is fixed"
            )),
            None => Err(format!("there is no rule `{rule}`")),
        }
    }
}

/// A place where the finding of one rule is admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Its number in the file, from 0.
    pub number: usize,
    /// The rule.
    pub rule: Code,
    /// The path of the document.
    pub file: String,
    /// The JSON pointer of the place, with `#` before it.
    pub at: String,
}

/// A file of levels and waivers.
#[derive(Clone, Debug)]
pub struct Policy {
    document: Arc<PolicyText>,
    levels: Vec<(Option<String>, Code, Level)>,
    waivers: Vec<(Waiver, Range<usize>)>,
}

/// The text of a file of settings: it has no JSON pointers.
#[derive(Debug)]
struct PolicyText(Text);

impl Located for PolicyText {
    fn text(&self) -> &Text {
        &self.0
    }

    fn pointer(&self, _: Span) -> Option<String> {
        None
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    levels: LevelTable,
    #[serde(default)]
    waiver: WaiverTables,
}

/// The table `[levels]` as TOML has it, for a file that holds more than levels and waivers.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct LevelTable(BTreeMap<String, Spanned<WrittenLevel>>);

/// The tables `[[waiver]]` as TOML has them, for a file that holds more than levels and waivers.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct WaiverTables(Vec<Spanned<WrittenWaiver>>);

#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a level (`off`, `note`, `warning`, `error`) or a table of levels for one API"
)]
enum WrittenLevel {
    Everywhere(Level),
    OfApi(BTreeMap<String, Level>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWaiver {
    rule: Spanned<String>,
    file: String,
    at: String,
    reason: Spanned<String>,
}

impl Policy {
    /// Reads a file.
    ///
    /// # Errors
    /// A report of the mistakes, to be rendered with the prefix of `path`.
    pub fn parse(path: DocumentPath, content: String) -> Result<Self, Box<Report>> {
        match toml::from_str::<Written>(&content) {
            Ok(written) => Self::of_tables(path, content, written.levels, written.waiver),
            Err(error) => {
                let mut mistakes = Mistakes::in_policy(path, content);
                mistakes.add(error.span().unwrap_or_default(), error.message());
                Err(Box::new(mistakes.report))
            }
        }
    }

    /// Reads the tables of a file that holds more than these; `content` is all of it.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse).
    pub fn of_tables(
        path: DocumentPath,
        content: String,
        level_table: LevelTable,
        waiver_tables: WaiverTables,
    ) -> Result<Self, Box<Report>> {
        let document = Arc::new(PolicyText(Text::new(path, content)));
        let mut mistakes = Mistakes::of(&document, Code::Waiver, HELP);
        let policy = Self {
            levels: levels(level_table.0, &mut mistakes),
            waivers: waivers(waiver_tables.0, &mut mistakes),
            document,
        };
        if mistakes.report.has_errors() {
            return Err(Box::new(mistakes.report));
        }
        Ok(policy)
    }

    /// The levels for an API, which is a folder of documents; those of all where it has none of its own.
    pub fn levels(&self, api: Option<&str>) -> Levels {
        let applies = |of: &Option<String>| of.is_none() || of.as_deref() == api;
        let (everywhere, own): (Vec<_>, Vec<_>) = self
            .levels
            .iter()
            .filter(|(of, ..)| applies(of))
            .partition(|(of, ..)| of.is_none());
        let all = everywhere.into_iter().chain(own);
        Levels(all.map(|(_, code, level)| (*code, *level)).collect())
    }

    /// The waivers for documents whose paths begin with `prefix`, which is taken off.
    pub fn waivers_below(&self, prefix: &str) -> Vec<Waiver> {
        let below = |(waiver, _): &(Waiver, _)| {
            let file = waiver.file.strip_prefix(prefix)?.to_owned();
            Some(Waiver {
                file,
                ..waiver.clone()
            })
        };
        self.waivers.iter().filter_map(below).collect()
    }

    /// The unused waivers among those that a run could have needed.
    pub fn unused(&self, used: &BTreeSet<usize>, judged: impl Fn(&Waiver) -> bool) -> Report {
        let mut mistakes = Mistakes::of(&self.document, Code::Waiver, HELP);
        for (waiver, place) in &self.waivers {
            if judged(waiver) && !used.contains(&waiver.number) {
                let rule = waiver.rule.name();
                let what = format!(
                    "unused waiver: `{rule}` has no finding at `{}` of `{}`",
                    waiver.at, waiver.file
                );
                mistakes.add(place.clone(), &what);
            }
        }
        mistakes.report
    }
}

fn code(rule: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.name() == rule)
}

fn levels(
    written: BTreeMap<String, Spanned<WrittenLevel>>,
    mistakes: &mut Mistakes,
) -> Vec<(Option<String>, Code, Level)> {
    let mut found = Vec::new();
    let mut add = |api: Option<&str>, rule: &str, level, place: Range<usize>| match (
        Levels::default().with(rule, level),
        code(rule),
    ) {
        (Ok(_), Some(code)) => found.push((api.map(str::to_owned), code, level)),
        (Err(why), _) => mistakes.add_as(Code::Configuration, place, &why, LEVEL_HELP),
        (Ok(_), None) => {}
    };
    for (key, value) in written {
        let place = value.span();
        match value.into_inner() {
            WrittenLevel::Everywhere(level) => add(None, &key, level, place),
            WrittenLevel::OfApi(levels) => {
                for (rule, level) in levels {
                    add(Some(&key), &rule, level, place.clone());
                }
            }
        }
    }
    found
}

fn waivers(
    written: Vec<Spanned<WrittenWaiver>>,
    mistakes: &mut Mistakes,
) -> Vec<(Waiver, Range<usize>)> {
    let mut found: Vec<(Waiver, Range<usize>)> = Vec::new();
    for (number, waiver) in written.into_iter().enumerate() {
        let place = waiver.span();
        let WrittenWaiver {
            rule,
            file,
            at,
            reason,
        } = waiver.into_inner();
        if reason.as_ref().trim().is_empty() {
            mistakes.add(reason.span(), "a waiver needs a reason");
        }
        let Some(code) = code(rule.as_ref()) else {
            let what = format!("there is no rule `{}`", rule.as_ref());
            mistakes.add(rule.span(), &what);
            continue;
        };
        let waiver = Waiver {
            number,
            rule: code,
            file,
            at,
        };
        let same = |known: &Waiver| {
            (known.rule, &known.file, &known.at) == (waiver.rule, &waiver.file, &waiver.at)
        };
        if found.iter().any(|(known, _)| same(known)) {
            mistakes.add(place.clone(), "duplicate waiver");
        }
        found.push((waiver, place));
    }
    found
}

/// The text of a policy.
const HELP: &str = "a waiver has `rule`, `file`, `at` (a JSON pointer that starts with `#`) and `reason`; \
                    remove it once it is not needed";

const LEVEL_HELP: &str = "`countersign rule` lists the rules; those of lint have a level";

/// Mistakes in a file of settings, each with its place.
#[derive(Debug)]
pub struct Mistakes {
    report: Report,
    code: Code,
    help: &'static str,
}

impl Mistakes {
    /// None so far, in a file of this text; `help` is what to do about any of them.
    pub fn new(path: DocumentPath, content: String, code: Code, help: &'static str) -> Self {
        Self::of(&Arc::new(PolicyText(Text::new(path, content))), code, help)
    }

    fn in_policy(path: DocumentPath, content: String) -> Self {
        Self::new(path, content, Code::Waiver, HELP)
    }

    fn of(document: &Arc<PolicyText>, code: Code, help: &'static str) -> Self {
        let mut report = Report::default();
        report.add_document(document.clone());
        Self { report, code, help }
    }

    /// Adds a mistake at a range of bytes.
    pub fn add(&mut self, place: Range<usize>, what: &str) {
        self.add_as(self.code, place, what, self.help);
    }

    fn add_as(&mut self, code: Code, place: Range<usize>, what: &str, help: &'static str) {
        let span = Span::new(DocumentId::ENTRY, place.start, place.end);
        self.report
            .push(Diagnostic::error(code, span, what).help(help));
    }

    /// The report of all of them; none if there is none.
    pub fn into_report(self) -> Option<Report> {
        self.report.has_errors().then_some(self.report)
    }
}
