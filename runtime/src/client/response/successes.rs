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
        let mut first = None;
        for (fit, at) in order {
            if documented && Some(fit.status) != best {
                break;
            }
            let Some((_, _, read)) = readers.get(at) else {
                continue;
            };
            match read(self) {
                Ok(read) => return Ok(read),
                Err(error) => first = first.or(Some(error)),
            }
        }
        first.map_or_else(|| self.undocumented(), Err)
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
