//! The characters of a body: what `charset` or a byte order mark says, else UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// The body in UTF-8, without a byte order mark. What is not valid in its own encoding is left as it is.
pub(super) fn utf8<'b>(body: &'b [u8], content_type: Option<&str>) -> Cow<'b, [u8]> {
    let named = content_type.and_then(charset);
    let (encoding, mark) = match Encoding::for_bom(body) {
        Some((encoding, length)) => (encoding, length),
        None => (named.unwrap_or(UTF_8), 0),
    };
    let text = body.get(mark..).unwrap_or(body);
    if encoding == UTF_8 {
        return Cow::Borrowed(text);
    }
    match encoding.decode_without_bom_handling(text) {
        (_, true) => Cow::Borrowed(body),
        (Cow::Borrowed(text), false) => Cow::Borrowed(text.as_bytes()),
        (Cow::Owned(text), false) => Cow::Owned(text.into_bytes()),
    }
}

fn charset(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        let label = value.trim().trim_matches(['"', '\'']);
        Encoding::for_label(label.as_bytes()).filter(|_| is_charset)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_or_a_mark_decides() {
        for (body, media, text) in [
            (b"caf\xc3\xa9".as_slice(), None, "café"),
            (b"\xef\xbb\xbfcaf\xc3\xa9", None, "café"),
            (b"caf\xe9", Some("text/plain; charset=ISO-8859-1"), "café"),
            (b"caf\xe9", Some("text/plain;CharSet=\"latin1\""), "café"),
            (
                b"c\0a\0f\0\xe9\0",
                Some("text/plain; charset=utf-16le"),
                "café",
            ),
            (b"\xfe\xff\0c\0\xe9", Some("application/json"), "cé"),
            (
                b"caf\xc3\xa9",
                Some("text/plain; charset=unheard-of"),
                "café",
            ),
            (b"caf\xc3\xa9", Some("text/plain; format=flowed"), "café"),
        ] {
            assert_eq!(utf8(body, media), text.as_bytes(), "{media:?}");
        }
    }
}
