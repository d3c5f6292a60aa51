//! Many calls, some of them at a time.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::iter::Fuse;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

/// Runs calls, at most so many at a time; their results come in their order.
///
/// ```
/// # async fn example() {
/// let doubled = |n: u32| async move { n * 2 };
/// let all = countersign_runtime::buffered(4, (0..100).map(doubled)).collect().await;
/// # }
/// ```
///
/// Calls are made and started as earlier ones end. Nothing runs unless the results are asked for, and dropping them
/// cancels what runs.
pub fn buffered<I>(most: usize, calls: I) -> Buffered<I::IntoIter, I::Item>
where
    I: IntoIterator,
    I::Item: Future,
{
    Buffered {
        most: most.max(1),
        calls: calls.into_iter().fuse(),
        running: VecDeque::new(),
    }
}

/// The results of calls of which some run at a time: see [`buffered`].
#[must_use = "calls run as their results are asked for"]
pub struct Buffered<I, F: Future> {
    most: usize,
    calls: Fuse<I>,
    running: VecDeque<Slot<F>>,
}

enum Slot<F: Future> {
    Running(Pin<Box<F>>),
    Ended(F::Output),
}

impl<I: Iterator<Item = F>, F: Future> Buffered<I, F> {
    /// The result of the next call; none after the last.
    pub async fn next(&mut self) -> Option<F::Output> {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// All results.
    pub async fn collect(mut self) -> Vec<F::Output> {
        let mut all = Vec::new();
        while let Some(result) = self.next().await {
            all.push(result);
        }
        all
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        loop {
            for slot in &mut self.running {
                if let Slot::Running(call) = slot
                    && let Poll::Ready(result) = call.as_mut().poll(cx)
                {
                    *slot = Slot::Ended(result);
                }
            }
            // Results that wait for an earlier one take room as well: memory is bounded.
            let room = self.most.saturating_sub(self.running.len());
            let before = self.running.len();
            let more = self.calls.by_ref().take(room);
            self.running
                .extend(more.map(|call| Slot::Running(Box::pin(call))));
            if self.running.len() == before {
                break;
            }
        }
        match self.running.front() {
            None => Poll::Ready(None),
            Some(Slot::Running(_)) => Poll::Pending,
            Some(Slot::Ended(_)) => match self.running.pop_front() {
                Some(Slot::Ended(result)) => Poll::Ready(Some(result)),
                _ => Poll::Ready(None),
            },
        }
    }
}

/// Calls are pinned on the heap; nothing else is pinned.
impl<I, F: Future> Unpin for Buffered<I, F> {}

impl<I: Iterator<Item = F>, F: Future> Stream for Buffered<I, F> {
    type Item = F::Output;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        self.poll(cx)
    }
}
