//! Successes of which a document describes several: by status, then by media type.

use std::cmp::Reverse;

use super::media;
use super::reply::{Reply, Undecoded};
use crate::client::statuses::Status;

/// A success that a document describes: its status, its media type (empty: no body), and its reader.
pub type SuccessReader<S, F> = (
    Status,
    &'static str,
    fn(&mut Reply) -> Result<Result<S, F>, Undecoded>,
);

/// The reader alone.
type Read<S, F> = fn(&mut Reply) -> Result<Result<S, F>, Undecoded>;

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
    /// those of the media type that came.
    ///
    /// # Errors
    /// That of the first that was tried, when none fits.
    pub fn success<S, F>(
        &mut self,
        readers: &[SuccessReader<S, F>],
    ) -> Result<Result<S, F>, Undecoded> {
        let fits = readers.iter().enumerate();
        let mut order: Vec<(Fit, usize)> = fits
            .map(|(at, (status, media, _))| (self.fit(*status, media), at))
            .collect();
        order.sort_by_key(|(fit, at)| (Reverse(*fit), *at));
        let best = order.first().map(|(fit, _)| fit.status);
        let documented = best.is_some_and(|status| status > Nearness::Other);
        order.retain(|(fit, _)| !documented || Some(fit.status) == best);
        let readers = order.iter().filter_map(|(_, at)| readers.get(*at));
        let readers: Vec<_> = readers.map(|(_, _, read)| read).collect();
        let mut first = None;
        // What another one takes as it is needs no correction.
        self.exact = readers.len() > 1;
        for read in &readers {
            match read(self) {
                Ok(read) => {
                    self.exact = false;
                    return Ok(read);
                }
                Err(error) => first = first.or(Some(error)),
            }
        }
        if std::mem::take(&mut self.exact) && self.rules().may_correct() {
            return self.only_success(&readers, first);
        }
        first.map_or_else(|| self.undocumented(), Err)
    }

    /// Reads the only success that takes the answer with corrections.
    #[cold]
    fn only_success<S, F>(
        &mut self,
        readers: &[&Read<S, F>],
        first: Option<Undecoded>,
    ) -> Result<Result<S, F>, Undecoded> {
        let (mut found, mut first) = (None, first);
        for (at, read) in readers.iter().enumerate() {
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
