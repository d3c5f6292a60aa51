//! Lists in brackets and objects in braces.

use std::borrow::Cow;

use super::{Blocks, Done, Failure, KEY_AT_MOST, is_plain_start};

impl<'t> Blocks<'t, '_, '_> {
    pub(super) fn flow(&mut self, parent: usize) -> Done {
        let is_list = self.byte() == Some(b'[');
        let closing = if is_list { b']' } else { b'}' };
        match is_list {
            true => self.builder.open_sequence(self.at)?,
            false => self.builder.open_mapping(self.at)?,
        }
        self.at += 1;
        self.flow_space(parent)?;
        while self.byte() != Some(closing) {
            if !is_list {
                self.flow_key()?;
                self.flow_space(parent)?;
            }
            self.flow_node(parent)?;
            self.flow_space(parent)?;
            match self.byte() {
                Some(b',') => self.at += 1,
                Some(found) if found == closing => break,
                _ => return Err(Failure::Other),
            }
            self.flow_space(parent)?;
        }
        self.at += 1;
        self.end = self.at;
        self.close()
    }

    /// Skips white space; lines have to be further to the right than the parent, but for one that closes.
    fn flow_space(&mut self, parent: usize) -> Done {
        let (column, lines) = self.skip_blank();
        match self.byte() {
            Some(b'#' | b'\t') | None => Err(Failure::Other),
            Some(b']' | b'}') if column == parent => Ok(()),
            Some(_) if lines > 0 && column <= parent => Err(Failure::Other),
            Some(_) => Ok(()),
        }
    }

    fn flow_node(&mut self, parent: usize) -> Done {
        let start = self.at;
        if let Some(b'[' | b'{') = self.byte() {
            return self.flow(parent);
        }
        match self.quoted(Some(parent))? {
            Some(text) => self.scalar(&text, false, start, self.at),
            None => {
                let text = self.flow_plain()?;
                self.scalar(text, true, start, start + text.len())
            }
        }
    }

    fn flow_key(&mut self) -> Done {
        let start = self.at;
        let (text, is_quoted) = match self.quoted(None)? {
            Some(text) => (text, true),
            None => (Cow::Borrowed(self.flow_plain()?), false),
        };
        let span = self.builder.span(start, self.at);
        let follows = self.byte_at(self.at + 1);
        if self.byte() != Some(b':')
            || text == "<<"
            || !(is_quoted || matches!(follows, Some(b' ' | b'\n')))
            || self.at - start > KEY_AT_MOST
        {
            return Err(Failure::Other);
        }
        self.end = self.at;
        self.at += 1;
        let key = self.builder.arena.text(&text);
        self.builder.key(key, span);
        Ok(())
    }

    /// A text without quotes, up to what ends it.
    fn flow_plain(&mut self) -> Done<&'t str> {
        if !is_plain_start(self.rest()) {
            return Err(Failure::Other);
        }
        let start = self.at;
        loop {
            match self.byte().ok_or(Failure::Other)? {
                b',' | b'[' | b']' | b'{' | b'}' | b'\n' => break,
                b':' if matches!(
                    self.byte_at(self.at + 1),
                    Some(b' ' | b'\n' | b',' | b'[' | b']' | b'{' | b'}') | None
                ) =>
                {
                    break;
                }
                b'\t' => return Err(Failure::Other),
                b'#' if self.byte_at(self.at - 1) == Some(b' ') => return Err(Failure::Other),
                _ => self.at += 1,
            }
        }
        let text = self.slice(start, self.at)?.trim_end_matches(' ');
        if self.byte() == Some(b':') && start + text.len() != self.at {
            return Err(Failure::Other);
        }
        Ok(text)
    }
}
