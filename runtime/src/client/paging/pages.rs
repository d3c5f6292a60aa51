//! Pages and items, as streams.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use url::Url;

use super::pager::{Arrival, Next, Pager};
use super::{Paginated, Summary, fingerprint, links};
use crate::client::call::{self, Call};
use crate::client::error::{Error, Fault, PagingError};
use crate::client::response::Response;
use crate::client::send::Exchange;

type Item<O> = Result<<O as Paginated>::Item, Failure<O>>;
type Page<O> = Result<Response<Success<O>>, Failure<O>>;
type Success<O> = <O as crate::client::Operation>::Success;
type Failure<O> = Error<<O as crate::client::Operation>::Failure>;

/// The pages of a list, one call after another. Ends after the last page or the first error.
#[must_use = "pages come as they are asked for"]
pub struct Pages<'c, O: Paginated> {
    call: Call<'c, O>,
    pager: Pager,
    course: Course<'c>,
}

enum Course<'c> {
    /// The next page is to be called for.
    Due,
    Waiting(Exchange<'c>),
    /// The next page cannot be had.
    Broken(PagingError),
    Over,
}

impl<'c, O: Paginated> Pages<'c, O> {
    pub(crate) fn new(call: Call<'c, O>) -> Self {
        Self {
            call,
            pager: Pager::new(O::LIST),
            course: Course::Due,
        }
    }

    /// The number of pages above which there is an error: 10,000 unless set.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.pager.most = pages.max(1);
        self
    }

    /// Takes pages with the same items for different ones. Without this the second is an error, since most such servers do
    /// not know the parameter that asks for the next page, and would send the first for ever.
    pub fn allow_equal_pages(mut self) -> Self {
        self.pager.may_equal = true;
        self
    }

    /// The items of all pages.
    pub fn items(self) -> Items<'c, O> {
        Items {
            pages: self,
            held: VecDeque::new(),
        }
    }

    /// The next page; none after the last.
    ///
    /// # Errors
    /// Those of the call, and [`Error::Paging`].
    pub async fn next(&mut self) -> Result<Option<Response<O::Success>>, Error<O::Failure>> {
        poll_fn(|cx| self.poll_page(cx)).await.transpose()
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        loop {
            match std::mem::replace(&mut self.course, Course::Over) {
                Course::Over => return Poll::Ready(None),
                Course::Broken(error) => return Poll::Ready(Some(Err(Error::Paging(error)))),
                Course::Due => self.course = Course::Waiting(self.call.start()),
                Course::Waiting(mut exchange) => {
                    let Poll::Ready(reply) = exchange.as_mut().poll(cx) else {
                        self.course = Course::Waiting(exchange);
                        return Poll::Pending;
                    };
                    let page = reply.map_err(Fault::widen).and_then(|reply| {
                        let here = Url::parse(&reply.uri.to_string());
                        let body = reply.body.clone();
                        call::finish::<O>(reply).map(|page| (page, here.ok(), body))
                    });
                    let (page, here, body) = match page {
                        Ok(page) => page,
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    };
                    let mut summary = O::summary(&page);
                    let items = fingerprint::of;
                    let items = (summary.items > 0).then(|| items(&body, O::LIST.items));
                    match self.pager.arrived(items) {
                        Arrival::New => {}
                        Arrival::First => {
                            let after = self.pager.after_first(self.call.operation().position());
                            self.call.turn(None, |operation| operation.turn_to(after));
                            self.course = Course::Due;
                            continue;
                        }
                        Arrival::Repeated => {
                            let error = Error::Paging(PagingError::Repeated);
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                    if O::LIST.link_header {
                        summary.next = links::next(page.headers());
                    }
                    self.turn(summary, here);
                    return Poll::Ready(Some(Ok(page)));
                }
            }
        }
    }

    /// Gets ready for the page after one.
    fn turn(&mut self, summary: Summary, here: Option<Url>) {
        let position = self.call.operation().position();
        let next = match here {
            Some(here) => self.pager.next(position, summary, &here),
            None => Err(PagingError::BadLink),
        };
        self.course = match next {
            Ok(None) => Course::Over,
            Err(error) => Course::Broken(error),
            Ok(Some(Next { position, url })) => {
                self.call.turn(url, |operation| operation.turn_to(position));
                Course::Due
            }
        };
    }
}

/// Nothing in it is pinned in place.
impl<O: Paginated> Unpin for Pages<'_, O> {}

impl<O: Paginated> Stream for Pages<'_, O> {
    type Item = Page<O>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

/// The items of all pages of a list. Ends after the last item or the first error.
#[must_use = "items come as they are asked for"]
pub struct Items<'c, O: Paginated> {
    pages: Pages<'c, O>,
    held: VecDeque<O::Item>,
}

impl<O: Paginated> Items<'_, O> {
    /// The next item; none after the last.
    ///
    /// # Errors
    /// Those of the call, and [`Error::Paging`].
    pub async fn next(&mut self) -> Result<Option<O::Item>, Error<O::Failure>> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
    }

    /// All items, in memory.
    ///
    /// # Errors
    /// Those of the call, and [`Error::Paging`].
    pub async fn collect(mut self) -> Result<Vec<O::Item>, Error<O::Failure>> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await? {
            items.push(item);
        }
        Ok(items)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        loop {
            if let Some(item) = self.held.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => self.held = O::items(page.into_inner()).into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing in it is pinned in place.
impl<O: Paginated> Unpin for Items<'_, O> {}

impl<O: Paginated> Stream for Items<'_, O> {
    type Item = Result<O::Item, Error<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}
