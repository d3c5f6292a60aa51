//! Bodies that are read once more, because they are not what the document says at first sight.

use serde::de::DeserializeOwned;

use super::super::media;
use super::Reply;
use crate::client::departures::Rereading;
use crate::tolerance::{self, Correction, Departure, Failure, Found, Held, Outcome, Rules};

/// A body that has been read once more.
pub(super) enum Reread<T> {
    Read(T),
    /// It has these departures, and these places that can't be read.
    Failed(Vec<Departure>, Vec<Failure>),
    /// It is not JSON.
    NotJson,
}

impl Reply {
    /// The rules for reading this answer once more.
    pub(in crate::client::response) fn rules(&self) -> Rules {
        match self.exact {
            true => Rules::default(),
            false => self.rereading.rules(self.spec),
        }
    }

    /// Reads a tree; what was corrected is kept with the reply.
    pub(super) fn reread<T: DeserializeOwned>(
        &mut self,
        tree: Option<&Held>,
        rules: &Rules,
    ) -> Reread<T> {
        let Some(tree) = tree else {
            return Reread::NotJson;
        };
        match tolerance::read(tree, rules) {
            Outcome::Read(value, departures) => {
                self.departures = self.own(departures);
                Reread::Read(value)
            }
            Outcome::Failed(departures, failures) => Reread::Failed(self.own(departures), failures),
        }
    }

    /// The departures, as those of this call.
    fn own(&self, departures: Vec<Departure>) -> Vec<Departure> {
        if departures.is_empty() {
            return departures;
        }
        Rereading::own(self.spec, self.status(), departures)
    }
}

impl Reply {
    /// Whether a body of another media type is taken for the text that is documented: JSON, and what is text under
    /// another name. A page is not, since it may be that of a proxy; a text without markup is none, whatever its server
    /// calls it: Express and PHP say HTML unless they are told otherwise. A text of JSON, in quotes, has one meaning where
    /// plain text is documented, so that it needs no leave: utoipa documents each text as `text/plain`, whatever is sent.
    pub(super) fn takes_as_text(&self, documented: &str) -> bool {
        let found = self.content_type();
        let is_quoted = media::may_be_bare_text(documented)
            && found.is_some_and(|found| media::is_json(media::essence(found)))
            && serde_json::from_slice::<String>(&self.body).is_ok();
        let is_text = |found: &str| {
            media::is_textual(found) || (media::is_html(found) && !self.body.contains(&b'<'))
        };
        is_quoted || (found.is_some_and(is_text) && self.rules().tolerates_whole())
    }

    /// The text that a body of another media type stands for: what a text of JSON says, and all else as it came.
    pub(super) fn text_of_other(&mut self, text: String, media: &str) -> String {
        let found = self.content_type().map(media::essence);
        if !found.is_some_and(media::is_json) {
            self.depart(
                &format!("the media type {media}"),
                Found::MediaType,
                Correction::Text,
            );
            return text;
        }
        self.depart(
            &format!("the media type {media}"),
            Found::Json,
            Correction::Text,
        );
        let said: Option<String> = serde_json::from_str(&text).ok();
        said.unwrap_or(text)
    }

    /// Keeps a departure of the whole answer.
    pub(in crate::client::response) fn depart(
        &mut self,
        expected: &str,
        found: Found,
        correction: Correction,
    ) {
        let departure = Departure::new(String::new(), expected.to_owned(), found, Some(correction));
        let own = Rereading::own(self.spec, self.status(), vec![departure]);
        self.departures.extend(own);
    }

    /// Keeps where the head of the answer departs: its status, and the path that it came from.
    pub(super) fn add_of_head(&mut self) {
        if self.slashed {
            self.depart("an answer", Found::Redirect, Correction::Followed);
        }
        let responses = &self.spec.responses;
        let is_known = responses.is_empty() || responses.status_of(self.status()).is_some();
        if self.is_success() && !is_known {
            self.depart("a documented status", Found::Status, Correction::Success);
        }
    }
}

/// Text that stands for itself.
pub(super) fn bare<T: DeserializeOwned>(text: &str) -> Option<T> {
    let tree = tolerance::Node::text(text);
    match tolerance::read(&tree, &Rules::default()) {
        Outcome::Read(value, _) => Some(value),
        Outcome::Failed(..) => None,
    }
}
