//! The header `Link`, by RFC 8288: its target where it leads to the next page.

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link to the next page.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(LINK).iter();
    let mut links = lines.flat_map(|line| Links {
        rest: line.as_bytes(),
    });
    let next = links.find(|link| link.is_next && !link.is_of_another)?;
    // A target is ASCII; what is not can't be a URL.
    String::from_utf8(next.target.to_vec()).ok()
}

/// A link of the header.
struct Link<'h> {
    target: &'h [u8],
    is_next: bool,
    /// Whether it starts elsewhere than from what was asked for.
    is_of_another: bool,
}

/// The links of a line. What is not one ends them.
struct Links<'h> {
    rest: &'h [u8],
}

impl<'h> Iterator for Links<'h> {
    type Item = Link<'h>;

    fn next(&mut self) -> Option<Link<'h>> {
        self.skip(|byte| is_space(byte) || byte == b',');
        self.rest = self.rest.strip_prefix(b"<")?;
        let target = self.until(|byte| byte == b'>');
        self.rest = self.rest.strip_prefix(b">")?;
        let (mut relation, mut is_of_another) = (None, false);
        while self.starts_parameter() {
            let name = self.until(|byte| is_space(byte) || b"=;,".contains(&byte));
            let value = self.value();
            // The first one counts.
            if name.eq_ignore_ascii_case(b"rel") && relation.is_none() {
                relation = Some(value);
            } else if name.eq_ignore_ascii_case(b"anchor") {
                is_of_another = true;
            }
        }
        // Whatever else there is up to the next comma says nothing.
        self.until(|byte| byte == b',');
        let relation = relation.unwrap_or_default();
        let mut relations = relation.split(|byte| byte.is_ascii_whitespace());
        Some(Link {
            target: target.trim_ascii(),
            is_next: relations.any(|relation| relation.eq_ignore_ascii_case(b"next")),
            is_of_another,
        })
    }
}

impl<'h> Links<'h> {
    fn starts_parameter(&mut self) -> bool {
        self.skip(is_space);
        let Some(rest) = self.rest.strip_prefix(b";") else {
            return false;
        };
        self.rest = rest;
        self.skip(is_space);
        true
    }

    /// The value of a parameter, empty if it has none.
    fn value(&mut self) -> Vec<u8> {
        self.skip(is_space);
        let Some(rest) = self.rest.strip_prefix(b"=") else {
            return Vec::new();
        };
        self.rest = rest;
        self.skip(is_space);
        match self.rest.strip_prefix(b"\"") {
            Some(rest) => {
                self.rest = rest;
                self.quoted()
            }
            None => self
                .until(|byte| b";,".contains(&byte))
                .trim_ascii()
                .to_vec(),
        }
    }

    /// A text up to its closing quotation mark.
    fn quoted(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut is_escaped = false;
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'\\' if !is_escaped => is_escaped = true,
                b'"' if !is_escaped => break,
                byte => {
                    text.push(*byte);
                    is_escaped = false;
                }
            }
        }
        text
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        while let Some((byte, rest)) = self.rest.split_first()
            && is_skipped(*byte)
        {
            self.rest = rest;
        }
    }

    /// The bytes before an end, which is left.
    fn until(&mut self, is_end: impl Fn(u8) -> bool) -> &'h [u8] {
        let end = self.rest.iter().position(|byte| is_end(*byte));
        let (before, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        before
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn next_of(lines: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(LINK, HeaderValue::from_bytes(line).expect("a value"));
        }
        next(&headers)
    }

    #[test]
    fn the_link_to_the_next_page_is_found_among_others() {
        let cases: &[(&str, Option<&str>)] = &[
            (
                r#"<https://h.example/?page=2>; rel="next""#,
                Some("https://h.example/?page=2"),
            ),
            ("</b>; rel=next", Some("/b")),
            (
                r#"<a>; rel="prev", <b>; rel="next", <c>; rel="last""#,
                Some("b"),
            ),
            (r#"<?ids=1,2;3>; rel="next""#, Some("?ids=1,2;3")),
            (
                r#"<a>; title="x, <y>; rel=\"next\"", <b>; rel="last next""#,
                Some("b"),
            ),
            (r#"<a>; REL="NEXT""#, Some("a")),
            (r#"<a>;rel=prev;rel=next, <b> ; rel = "next""#, Some("b")),
            (
                r#"<a>; rel="next"; anchor="/other", <b>; rel=next"#,
                Some("b"),
            ),
            (r#"<a>; rel=nextish, <b>; rel="prev-next""#, None),
            (r#"<a>; title*=UTF-8''n%c3%a4chste; rel="next""#, Some("a")),
            (r#", ,<a>; ; rel=next;"#, Some("a")),
            (r#"<a>; rel"#, None),
            (r#"<a>; rel="next"#, Some("a")),
            (r#"<a; rel="next""#, None),
            (r#"https://h.example/; rel="next""#, None),
            ("<>; rel=next", Some("")),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(next_of(&[line.as_bytes()]).as_deref(), *expected, "{line}");
        }
    }

    #[test]
    fn all_lines_of_the_header_are_read() {
        let lines: [&[u8]; 2] = [br#"<a>; rel="prev""#, br#"<b>; rel="next""#];
        assert_eq!(next_of(&lines).as_deref(), Some("b"));
        let other = [&b"<a>; title=\"\xe4\"; rel=next"[..]];
        assert_eq!(next_of(&other).as_deref(), Some("a"));
        assert_eq!(next_of(&[&b"<\xe4>; rel=next"[..]]), None);
        assert_eq!(next_of(&[]), None);
    }
}
