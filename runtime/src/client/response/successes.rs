//! Successes of which a document describes several: by status, then by media type.

use std::cmp::Reverse;

use super::media;
use super::reply::{Reply, Undecoded};
use crate::client::statuses::Status;
use crate::tolerance::{Correction, Found};

/// A success that a document describes: its status, its media type (empty: no body), and its reader.
pub type SuccessReader<S, F> = (
    Status,
    &'static str,
    fn(&mut Reply) -> Result<Result<S, F>, Undecoded>,
);

/// The rank of an answer for a reader, the most telling part first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    status: Nearness,
    media: Media,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Other,
    Class,
    Same,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Media {
    /// A body where there is none to be, or none where there is one to be.
    Presence,
    Other,
    Unnamed,
    Kin,
    Same,
}

impl Reply {
    /// Whether the status is one of a success.
    pub fn is_success(&self) -> bool {
        self.status.is_success()
    }

    /// Reads a success: those that the document has for this status are tried, or all where it has none for it; first
    /// those of the media type that came. What is of that type and departs from them is not one of another type.
    ///
    /// # Errors
    /// That of the first that was tried, when none fits.
    pub fn success<S, F>(
        &mut self,
        readers: &[SuccessReader<S, F>],
    ) -> Result<Result<S, F>, Undecoded> {
        let fits = readers.iter();
        let mut order: Vec<(Fit, &SuccessReader<S, F>)> = fits
            .map(|reader| (self.fit(reader.0, reader.1), reader))
            .collect();
        order.sort_by_key(|(fit, _)| Reverse(*fit));
        let best = order.first().map(|(fit, _)| fit.status);
        let documented = best.is_some_and(|status| status > Nearness::Other);
        order.retain(|(fit, _)| !documented || Some(fit.status) == best);
        let named = order.iter();
        let named = named.take_while(|(fit, _)| fit.media >= Media::Kin).count();
        let (named, others) = order.split_at(named);
        let is_only = order.len() == 1;
        let mut first = None;
        if !named.is_empty() {
            match self.one_of(named, is_only) {
                Err(error) if !is_only && !self.is_of_its_type() => first = Some(error),
                read => return read,
            }
        }
        match self.one_of(others, is_only) {
            Ok(read) => Ok(read),
            Err(error) => Err(first.unwrap_or(error)),
        }
    }

    /// Reads one of the successes: the first that takes the answer as it is, or the only one that takes it with
    /// corrections.
    fn one_of<S, F>(
        &mut self,
        readers: &[(Fit, &SuccessReader<S, F>)],
        is_only: bool,
    ) -> Result<Result<S, F>, Undecoded> {
        let mut first = None;
        // What another one takes as it is needs no correction.
        self.exact = !is_only;
        for (fit, (_, media, read)) in readers {
            match read(self) {
                Ok(read) => {
                    self.exact = false;
                    if fit.media == Media::Other && self.departures.is_empty() {
                        let expected = format!("the media type {media}");
                        self.depart(&expected, Found::MediaType, Correction::Body);
                    }
                    return Ok(read);
                }
                Err(error) => first = first.or(Some(error)),
            }
        }
        if std::mem::take(&mut self.exact) && self.rules().may_correct() {
            return self.only_success(readers, first);
        }
        first.map_or_else(|| self.undocumented(), Err)
    }

    /// Reads the only success that takes the answer with corrections.
    #[cold]
    fn only_success<S, F>(
        &mut self,
        readers: &[(Fit, &SuccessReader<S, F>)],
        first: Option<Undecoded>,
    ) -> Result<Result<S, F>, Undecoded> {
        let (mut found, mut first) = (None, first);
        for (at, (_, (_, _, read))) in readers.iter().enumerate() {
            match read(self) {
                Ok(_) if found.is_some() => {
                    self.departures.clear();
                    return first.map_or_else(|| self.undocumented(), Err);
                }
                Ok(read) => found = Some((read, std::mem::take(&mut self.departures))),
                // The first is the likeliest: what it says of all departures is of use.
                Err(error) if at == 0 => first = Some(error),
                Err(error) => first = first.or(Some(error)),
            }
        }
        match found {
            Some((read, departures)) => {
                self.departures = departures;
                Ok(read)
            }
            None => first.map_or_else(|| self.undocumented(), Err),
        }
    }

    /// Whether the body is of the kind that its media type says, whatever it holds. A text of JSON may be a text.
    fn is_of_its_type(&self) -> bool {
        let essence = self.content_type().map_or("", media::essence);
        if media::is_json(essence) {
            let body = self.body.trim_ascii_start();
            return !body.starts_with(b"\"")
                && serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
        }
        media::is_xml(essence) && self.body.trim_ascii_start().starts_with(b"<")
    }

    fn fit(&self, status: Status, documented: &str) -> Fit {
        let status = match status {
            Status::Code(code) if code == self.status() => Nearness::Same,
            Status::Code(_) => Nearness::Other,
            Status::Class(_) | Status::Default => Nearness::Class,
        };
        let media = match (documented.is_empty(), self.has_no_body()) {
            (true, true) => Media::Same,
            (true, false) | (false, true) => Media::Presence,
            (false, false) => match self.content_type() {
                None => Media::Unnamed,
                Some(found) if media::is_same(found, documented) => Media::Same,
                Some(found) if media::fits(found, documented) => Media::Kin,
                Some(_) => Media::Other,
            },
        };
        Fit { status, media }
    }
}
