//! HTML in Markdown, as the little of it that documentation keeps: text, links and where lines end.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, HtmlString, Span, StartTag, Token, Tokenizer};

/// The meaning of a stretch of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, which must stay text.
    Text(String),
    /// A link to this address begins.
    Link(String),
    /// A link ends.
    LinkEnd,
    /// The line ends.
    Break,
}

/// Tags that shape the text in a line. What they hold is kept.
const SHAPES: &str = "b big body center code em font html i ins kbd label mark nobr s samp small span strong sub sup \
     tbody tfoot thead tt u var";
/// Tags before and after which a line ends.
const BLOCKS: &str = "article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 \
     h5 h6 header hr main nav ol p pre section summary table tr ul";

/// The pieces of some HTML. What looks like a tag and is none of HTML's stands as it is: authors write `<id>` for what
/// is to be filled in.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let source = |span: Span| {
        html.get(span.start..span.end)
            .unwrap_or_default()
            .to_owned()
    };
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => match shape(&tag.name) {
                Shape::Block => pieces.push(Piece::Break),
                Shape::Item => {
                    pieces.extend([Piece::Break, Piece::Text("\u{2022} ".to_owned())]);
                }
                Shape::Cell => pieces.push(Piece::Text(" ".to_owned())),
                Shape::Text => {}
                Shape::Link => pieces.extend(attribute(&tag, "href").map(Piece::Link)),
                Shape::Image => {
                    let text = attribute(&tag, "alt").filter(|text| !text.trim().is_empty());
                    let text = Piece::Text(text.unwrap_or_else(|| "image".to_owned()));
                    match attribute(&tag, "src") {
                        Some(address) => {
                            pieces.extend([Piece::Link(address), text, Piece::LinkEnd]);
                        }
                        None => pieces.push(text),
                    }
                }
                Shape::None => pieces.push(Piece::Text(source(tag.span))),
            },
            Ok(Token::EndTag(tag)) => match shape(&tag.name) {
                Shape::Block | Shape::Item => pieces.push(Piece::Break),
                Shape::Link => pieces.push(Piece::LinkEnd),
                Shape::Cell | Shape::Text | Shape::Image => {}
                Shape::None => pieces.push(Piece::Text(source(tag.span))),
            },
            Ok(Token::String(text)) => pieces.push(Piece::Text(utf8(&text))),
            Ok(Token::Doctype(tag)) => pieces.push(Piece::Text(source(tag.span))),
            // What has not ended is not a tag.
            Ok(Token::Error(error)) if error.value == Error::EofInTag => {
                return vec![Piece::Text(html.to_owned())];
            }
            // Comments are for those who read the document itself; instructions and the like only look like comments.
            Ok(Token::Comment(comment)) => {
                let text = source(comment.span);
                if !text.starts_with("<!--") {
                    pieces.push(Piece::Text(text));
                }
            }
            Ok(Token::Error(_)) => {}
            Err(never) => match never {},
        }
    }
    pieces
}

/// The effect of a tag on the text around it.
enum Shape {
    Block,
    /// An item of a list.
    Item,
    /// Stands beside something else in a line.
    Cell,
    Text,
    Link,
    Image,
    /// No tag of HTML, or one that does more than to shape text.
    None,
}

fn shape(name: &[u8]) -> Shape {
    let is_one_of = |names: &str| names.split(' ').any(|known| known.as_bytes() == name);
    match name {
        b"a" => Shape::Link,
        b"img" => Shape::Image,
        b"li" => Shape::Item,
        b"td" | b"th" => Shape::Cell,
        _ if is_one_of(SHAPES) => Shape::Text,
        _ if is_one_of(BLOCKS) => Shape::Block,
        _ => Shape::None,
    }
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(utf8(&value.value))
}

fn utf8(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn tags_that_shape_text_go_and_others_stay() {
        assert_eq!(
            pieces("<p class='x'>a <b>b</b> &lt; &amp;c<br/>d</P>"),
            [
                Piece::Break,
                text("a "),
                text("b"),
                text(" < &c"),
                Piece::Break,
                text("d"),
                Piece::Break
            ]
        );
        let placeholder =
            "<Your ID> x </Your> <!-- no --> <script>1</script><?php 2 ?><![CDATA[3]]>";
        let kept: String = pieces(placeholder)
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => text,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            kept,
            "<Your ID> x </Your>  <script>1</script><?php 2 ?><![CDATA[3]]>"
        );
        assert_eq!(pieces("<b a='1"), [text("<b a='1")]);
    }

    #[test]
    fn links_and_images_lead_where_they_led() {
        assert_eq!(
            pieces("<a target=_blank href=\"https://h.example/?a=1&amp;b\">c</a><a>d</a>"),
            [
                Piece::Link("https://h.example/?a=1&b".to_owned()),
                text("c"),
                Piece::LinkEnd,
                text("d"),
                Piece::LinkEnd
            ]
        );
        assert_eq!(
            pieces("<img src='https://h.example/i.png' alt='I'><img alt='J'>"),
            [
                Piece::Link("https://h.example/i.png".to_owned()),
                text("I"),
                Piece::LinkEnd,
                text("J")
            ]
        );
    }
}
