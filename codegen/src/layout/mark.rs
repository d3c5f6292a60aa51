//! Punctuation, named as syn names it.

macro_rules! marks {
    ($($name:ident $text:literal)*) => {
        /// One or more punctuation characters that belong together.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Mark {
            $($name,)*
        }

        impl Mark {
            /// As it is written.
            pub(super) fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The mark that is written like this.
            fn of(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

marks! {
    And "&"
    AndAnd "&&"
    At "@"
    Caret "^"
    Colon ":"
    Comma ","
    Dollar "$"
    Dot "."
    DotDot ".."
    DotDotEq "..="
    Eq "="
    EqEq "=="
    FatArrow "=>"
    Ge ">="
    Gt ">"
    Le "<="
    Lt "<"
    Minus "-"
    MinusEq "-="
    Ne "!="
    Not "!"
    Or "|"
    OrOr "||"
    PathSep "::"
    Percent "%"
    Plus "+"
    PlusEq "+="
    Pound "#"
    Question "?"
    RArrow "->"
    Semi ";"
    Slash "/"
    Star "*"
    Tilde "~"
}

impl Mark {
    /// The mark that is this character.
    pub(super) fn single(character: char) -> Option<Self> {
        Self::of(character.encode_utf8(&mut [0; 4]))
    }

    /// The longest mark that a text begins with.
    pub(super) fn first(text: &str) -> Option<Self> {
        (1..=text.len().min(3))
            .rev()
            .find_map(|length| Self::of(text.get(..length)?))
    }
}
