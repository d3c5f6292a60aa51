//! Departures: places where an answer is not what its document says.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::rules::{MemberReading, Reading};

/// A place where an answer is not what its document says. It names kinds of values and never a value, so that it may
/// be kept and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    pub(super) operation: &'static str,
    pub(super) status: u16,
    pub(super) document: Arc<str>,
    pub(super) path: String,
    pub(super) expected: String,
    pub(super) found: Found,
    pub(super) correction: Option<Correction>,
    /// Whether a list has one item.
    pub(super) is_of_one: bool,
}

impl Departure {
    pub(crate) fn new(
        path: String,
        expected: String,
        found: Found,
        correction: Option<Correction>,
    ) -> Self {
        Self {
            operation: "",
            status: 0,
            document: Arc::from(""),
            path,
            expected,
            found,
            correction,
            is_of_one: false,
        }
    }

    /// The same for a list of one item.
    pub(super) fn of_one(mut self, is_of_one: bool) -> Self {
        self.is_of_one = is_of_one;
        self
    }

    /// The same, with the call that it belongs to.
    pub(crate) fn of_call(
        mut self,
        operation: &'static str,
        status: u16,
        document: &Arc<str>,
    ) -> Self {
        self.operation = operation;
        self.status = status;
        self.document = Arc::clone(document);
        self
    }

    /// The operation that was answered so.
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status of the answer.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// Where the answer is described: `spec/pets.yaml#/paths/~1pets/get/responses/200`.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The place in the answer, as a JSON pointer: `/items/3/owner`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The expectation: "a string".
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The kind of value that came.
    pub const fn found(&self) -> Found {
        self.found
    }

    /// The reading of the value; none if it could not be read.
    pub const fn correction(&self) -> Option<Correction> {
        self.correction
    }

    /// The way out, where the value could not be read as what came: a setting, or what is to be changed in the document.
    pub fn help(&self) -> String {
        self.help_where(Reading::Strict)
    }

    /// The same for who reads so.
    pub(crate) fn help_where(&self, reading: Reading) -> String {
        if self.found == Found::OtherMembers {
            return "`keep-unknown` of `[api.NAME.reading]` keeps what came, and `read_as` reads the answer as another type; \
                    or correct the document by an overlay"
                .to_owned();
        }
        if self.correction.is_some() {
            return String::new();
        }
        let list = self.expected.starts_with("a sequence");
        let text = self.expected.starts_with("a string");
        let overlay =
            "or correct the document by an overlay, which `countersign lint --departures` writes";
        match self.found {
            Found::Null => format!(
                "{}make it nullable in the document, by an overlay say",
                self.optional()
            ),
            Found::Nothing => format!(
                "{}take it out of `required` in the document, by an overlay say; `read_as` reads the answer as another \
                 type",
                self.optional()
            ),
            Found::EmptyText => "make it optional in the document, or change its type".to_owned(),
            Found::List | Found::EmptyList if text => {
                self.setting(MemberReading::JsonText, overlay)
            }
            Found::List if !list && self.is_of_one => {
                let otherwise = "or read the answer as another type with `read_as`";
                self.setting(MemberReading::ListForOne, otherwise)
            }
            Found::Object | Found::EmptyObject | Found::Boolean if text => {
                self.setting(MemberReading::JsonText, overlay)
            }
            _ if list => {
                let otherwise = "if it is an item of the list, or read the answer as another type with `read_as`";
                self.setting(MemberReading::OneForList, otherwise)
            }
            _ => {
                let tolerant = match reading {
                    Reading::Strict => ", or set `reading` to tolerant where it is strict",
                    Reading::Tolerant => "",
                };
                format!(
                    "correct its type in the document, by an overlay say{tolerant}; `read_as` reads the answer as another \
                     type"
                )
            }
        }
    }

    /// The setting for a member that may be left out; nothing for an item of a list.
    fn optional(&self) -> String {
        let member = self.path.rsplit('/').next().unwrap_or_default();
        if member.bytes().all(|byte| byte.is_ascii_digit()) {
            return String::new();
        }
        let member = member.replace("~1", "/").replace("~0", "~");
        format!(
            "add `*.{member}`, or `SCHEMA.{member}` for one schema, to `optional` of `[api.NAME.reading]`, or "
        )
    }

    /// A setting for the place, with positions in lists as `*`.
    fn setting(&self, reading: MemberReading, otherwise: &str) -> String {
        let parts = self.path.split('/').map(|part| {
            let is_position = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_position { "*" } else { part }
        });
        let pattern = parts.collect::<Vec<&str>>().join("/");
        let name = reading.name();
        match pattern.as_str() {
            "" => format!(
                "set the operation to `{name}` in `operations` of `[api.NAME.reading]`, or `reading_of` with an empty \
                 pattern, {otherwise}"
            ),
            pattern => format!(
                "set `{pattern}` to `{name}` in `members` of `[api.NAME.reading]`, or with `reading_of`, {otherwise}"
            ),
        }
    }

    /// One line of JSON, as `countersign lint --departures` reads it.
    pub fn to_json(&self) -> String {
        let text = |text: &str| Value::from(text).to_string();
        let correction = self.correction.map(Correction::name);
        let correction = correction.map_or_else(|| "null".to_owned(), text);
        format!(
            r#"{{"operation":{},"status":{},"document":{},"path":{},"expected":{},"found":{},"correction":{correction}}}"#,
            text(self.operation),
            self.status,
            text(&self.document),
            text(&self.path),
            text(&self.expected),
            text(self.found.name()),
        )
    }

    /// Writes departures as lines of JSON: a hook for [`Builder::on_departure`](crate::Builder::on_departure). What
    /// can't be written is dropped, since a call must not fail for it.
    pub fn lines(to: impl Write + Send + 'static) -> impl Fn(&Self) + Send + Sync + 'static {
        let to = Mutex::new(to);
        move |departure| {
            let line = departure.to_json() + "\n";
            let mut to = to.lock().unwrap_or_else(PoisonError::into_inner);
            let written: io::Result<()> = to.write_all(line.as_bytes()).and_then(|()| to.flush());
            drop(written);
        }
    }
}

impl fmt::Display for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = match self.path.as_str() {
            "" => "the whole answer",
            path => path,
        };
        write!(
            f,
            "{path}: expected {}, found {}",
            self.expected,
            self.found.words()
        )?;
        match self.correction {
            Some(correction) => write!(f, ", read as {}", correction.words()),
            None => Ok(()),
        }
    }
}

macro_rules! named {
    ($(#[$doc:meta])* $ty:ident { $($(#[$of:meta])* $variant:ident $name:literal $words:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $ty {
            $($(#[$of])* $variant,)*
        }

        impl $ty {
            /// The name in a record of departures.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The name in a sentence.
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $words,)*
                }
            }
        }
    };
}

named! {
    /// A kind of value that came.
    Found {
        /// The member is not there.
        Nothing "nothing" "nothing",
        /// `null`.
        Null "null" "null",
        /// `true` or `false`.
        Boolean "boolean" "a boolean",
        /// A number without a fraction.
        Integer "integer" "an integer",
        /// Another number.
        Number "number" "a number",
        /// Text.
        Text "text" "text",
        /// Text of no characters.
        EmptyText "empty-text" "an empty text",
        /// A list.
        List "list" "a list",
        /// A list of no items.
        EmptyList "empty-list" "an empty list",
        /// An object.
        Object "object" "an object",
        /// An object of no members.
        EmptyObject "empty-object" "an empty object",
        /// A body of another media type.
        MediaType "media-type" "another media type",
        /// A body of JSON.
        Json "json" "JSON",
        /// Text that is not JSON.
        BareText "bare-text" "text that is not JSON",
        /// Another status of success.
        Status "status" "another status",
        /// A member whose name differs in case alone.
        OtherCase "other-case" "its name in another case",
        /// Members, and none of those that the document has.
        OtherMembers "other-members" "other members alone",
        /// A redirect to the same path with or without a slash at its end.
        Redirect "redirect" "a redirect to the path with or without a slash",
    }
}

named! {
    /// The reading of a value that departs.
    Correction {
        /// A list or map without content.
        Empty "empty" "empty",
        /// A member that is not there.
        Absent "absent" "absent",
        /// `null`.
        Null "null" "null",
        /// The default that the document names.
        Default "default" "its default",
        /// `true` or `false`.
        Boolean "boolean" "a boolean",
        /// A number.
        Number "number" "a number",
        /// Text.
        Text "text" "text",
        /// A date and time.
        DateTime "date-time" "a date and time",
        /// A date.
        Date "date" "a date",
        /// A list of the one value.
        ListOfOne "list-of-one" "a list of one",
        /// The only value of a list.
        OnlyItem "only-item" "its only item",
        /// The member that is meant.
        Member "member" "that member",
        /// The JSON text of the value.
        JsonText "json-text" "its JSON text",
        /// A body of any type.
        Body "body" "a body of any type",
        /// JSON, whatever the media type says.
        Json "json" "JSON",
        /// A success like those that are documented.
        Success "success" "a documented one",
        /// The answer of the place that a redirect leads to.
        Followed "followed" "the answer there",
    }
}

#[cfg(test)]
mod tests {
    use super::{Departure, Found};

    #[test]
    fn help_names_the_entry_of_optional_for_members_alone() {
        for (path, found, entry) in [
            ("/state", Found::Null, Some("`*.state`")),
            ("/items/3/owner", Found::Nothing, Some("`*.owner`")),
            ("/items/3/a~1b~0c", Found::Null, Some("`*.a/b~c`")),
            ("/items/3", Found::Null, None),
            ("", Found::Null, None),
        ] {
            let departure = Departure::new(path.to_owned(), "a string".to_owned(), found, None);
            let help = departure.help();
            assert_eq!(
                help.contains("`optional`"),
                entry.is_some(),
                "{path}: {help}"
            );
            assert!(help.contains(entry.unwrap_or_default()), "{path}: {help}");
            assert!(help.contains("by an overlay"), "{path}: {help}");
        }
    }
}
