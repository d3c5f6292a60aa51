//! Blocks of Markdown and what nests them: lists, items and quotes.

/// Lists and quotes nested deeper than this are written flat.
const DEEPEST: usize = 8;

/// A block that holds blocks.
pub(super) enum Nest {
    Quote,
    /// A list, numbered from here if at all.
    List(Option<u64>),
    Item,
}

/// A block that holds blocks.
enum Frame {
    Quote(Vec<Block>),
    List {
        next: Option<u64>,
        loose: bool,
        lines: Vec<String>,
    },
    Item(Vec<Block>),
    /// Nested too deeply: its blocks go to the frame around it.
    Flat,
}

struct Block {
    lines: Vec<String>,
    /// May follow a paragraph without a blank line.
    joins: bool,
}

/// The text written so far, and the blocks that are still open.
#[derive(Default)]
pub(super) struct Blocks {
    root: Vec<Block>,
    frames: Vec<Frame>,
}

impl Blocks {
    /// The number of lists, items and quotes that are open.
    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Opens a list, an item or a quote.
    pub(super) fn open(&mut self, nest: Nest) {
        let is_flat = matches!(self.frames.last(), Some(Frame::Flat));
        let frame = match nest {
            Nest::Item if !is_flat => Frame::Item(Vec::new()),
            _ if self.frames.len() >= DEEPEST => Frame::Flat,
            Nest::Item => Frame::Item(Vec::new()),
            Nest::Quote => Frame::Quote(Vec::new()),
            Nest::List(next) => Frame::List {
                next,
                loose: false,
                lines: Vec::new(),
            },
        };
        self.frames.push(frame);
    }

    /// Closes the innermost one.
    pub(super) fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Quote(blocks)) => {
                let quoted = |line: String| {
                    if line.is_empty() {
                        ">".to_owned()
                    } else {
                        format!("> {line}")
                    }
                };
                let lines = join(blocks, Spacing::Apart)
                    .into_iter()
                    .map(quoted)
                    .collect();
                self.push(lines, false);
            }
            Some(Frame::Item(blocks)) => self.item(blocks),
            Some(Frame::List { next, lines, .. }) => {
                let joins = next.is_none();
                self.push(lines, joins);
            }
            Some(Frame::Flat) | None => {}
        }
    }

    fn item(&mut self, blocks: Vec<Block>) {
        let body = join(blocks, Spacing::Tight);
        let Some(Frame::List { next, loose, lines }) = self.frames.last_mut() else {
            return;
        };
        if body.is_empty() {
            return;
        }
        let marker = match next {
            Some(number) => {
                let marker = format!("{}. ", (*number).min(999_999_999));
                *number = number.saturating_add(1);
                marker
            }
            None => "- ".to_owned(),
        };
        let apart = body.iter().any(String::is_empty);
        if !lines.is_empty() && (apart || *loose) {
            lines.push(String::new());
        }
        *loose |= apart;
        for (at, line) in body.into_iter().enumerate() {
            lines.push(match (at, line.is_empty()) {
                (0, _) => format!("{marker}{line}"),
                (_, true) => line,
                (_, false) => format!("{:1$}{line}", "", marker.len()),
            });
        }
    }

    /// Adds a block to the innermost one that holds blocks; `joins` says whether it may follow a paragraph directly.
    pub(super) fn push(&mut self, lines: Vec<String>, joins: bool) {
        if lines.is_empty() {
            return;
        }
        let holder = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Quote(blocks) | Frame::Item(blocks) => Some(blocks),
            Frame::List { .. } | Frame::Flat => None,
        });
        holder
            .unwrap_or(&mut self.root)
            .push(Block { lines, joins });
    }

    /// All lines.
    pub(super) fn finish(mut self) -> Vec<String> {
        while !self.frames.is_empty() {
            self.close();
        }
        join(self.root, Spacing::Apart)
    }
}

/// Whether a list follows its paragraph directly.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    /// After a blank line, as every block.
    Apart,
    /// Directly, where it may.
    Tight,
}

/// Blocks one below the other.
fn join(blocks: Vec<Block>, spacing: Spacing) -> Vec<String> {
    let mut lines = Vec::new();
    for Block {
        lines: block,
        joins,
    } in blocks
    {
        let tight = joins && spacing == Spacing::Tight;
        if !lines.is_empty() && !tight {
            lines.push(String::new());
        }
        lines.extend(block);
    }
    lines
}
