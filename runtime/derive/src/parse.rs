//! A struct as the compiler hands it over.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use crate::rename::by_rule;

/// The mistake in a struct or an attribute.
pub(crate) struct Mistake(pub(crate) String);

/// A struct.
pub(crate) struct Input {
    pub(crate) name: Ident,
    pub(crate) body: Body,
    /// Whether numbers among members that have no field keep all of their digits.
    pub(crate) keeps_digits: bool,
}

/// The content of a struct.
pub(crate) enum Body {
    /// Members.
    Fields(Vec<Field>),
    /// One unnamed value, of this type.
    Value(TokenStream),
}

/// A field.
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) ty: TokenStream,
    pub(crate) kind: Kind,
}

/// The relation of a field to a member of the object.
pub(crate) enum Kind {
    /// One member.
    Member {
        wire: String,
        presence: Presence,
        reading: Reading,
        /// The default of the document, as JSON.
        default: Option<String>,
        /// How it is read where a server departs from the document.
        tolerance: Option<String>,
    },
    /// Members beside the others: those with these names; all that are left if there are none.
    Flattened { optional: bool, names: Vec<String> },
}

/// Whether a member may be absent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    /// An `Option`.
    Optional,
    /// The runtime's `Presence`: absent and null differ.
    ThreeWay,
}

/// The notation of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Exact,
    Whole,
    Numeric,
    /// `null` is a value like others, and not the absence of one.
    Any,
}

/// The content of `#[wire(..)]`.
#[derive(Default)]
struct Wire {
    rename: Option<String>,
    rename_all: Option<String>,
    read: Option<String>,
    default: Option<String>,
    tolerance: Option<String>,
    nullable: bool,
    keeps_digits: bool,
    flatten: Option<Vec<String>>,
}

impl Input {
    pub(crate) fn parse(tokens: TokenStream) -> Result<Self, Mistake> {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let (wire, rest) = attributes(&trees)?;
        let at = rest.iter().position(|tree| is_word(tree, "struct"));
        let declared = at.and_then(|at| rest.get(at + 1..));
        let Some([TokenTree::Ident(name), TokenTree::Group(body), ..]) = declared else {
            return Err(Mistake(
                "only structs without parameters can be derived for".to_owned(),
            ));
        };
        let body = match body.delimiter() {
            Delimiter::Brace => Body::Fields(fields(body, wire.rename_all.as_deref())?),
            _ => Body::Value(value(body)?),
        };
        Ok(Self {
            name: name.clone(),
            body,
            keeps_digits: wire.keeps_digits,
        })
    }
}

fn fields(body: &Group, rule: Option<&str>) -> Result<Vec<Field>, Mistake> {
    let trees: Vec<TokenTree> = body.stream().into_iter().collect();
    split(&trees)
        .into_iter()
        .map(|field| self::field(field, rule))
        .collect()
}

fn field(trees: &[TokenTree], rule: Option<&str>) -> Result<Field, Mistake> {
    let (wire, rest) = attributes(trees)?;
    let colon = rest.iter().position(|tree| is_mark(tree, ':'));
    let (Some(TokenTree::Ident(name)), Some(ty)) = (
        colon.and_then(|at| rest.get(at.checked_sub(1)?)),
        colon.and_then(|at| rest.get(at + 1..)),
    ) else {
        return Err(Mistake("a field has a name and a type".to_owned()));
    };
    let outer = outermost(ty);
    if let Some(names) = wire.flatten {
        let optional = outer.as_deref() == Some("Option");
        let kind = Kind::Flattened { optional, names };
        return Ok(Field {
            name: name.clone(),
            ty: ty.iter().cloned().collect(),
            kind,
        });
    }
    let plain = name.to_string();
    let plain = plain.strip_prefix("r#").unwrap_or(&plain);
    let by_rule = |rule: &str| {
        by_rule(rule, plain).ok_or_else(|| Mistake(format!("`{rule}` is not a rule for names")))
    };
    let name_on_wire = match (wire.rename, rule) {
        (Some(name), _) => name,
        (None, Some(rule)) => by_rule(rule)?,
        (None, None) => plain.to_owned(),
    };
    let presence = match outer.as_deref() {
        Some("Option") if !wire.nullable => Presence::Optional,
        Some("Presence") => Presence::ThreeWay,
        _ => Presence::Required,
    };
    let reading = match wire.read.as_deref() {
        // An integer may be written with a fraction of zero.
        None if is_of_integers(ty) => Reading::Whole,
        None => Reading::Exact,
        Some("whole") => Reading::Whole,
        Some("numeric") => Reading::Numeric,
        Some("any") if presence == Presence::Optional => Reading::Any,
        Some(other) => return Err(Mistake(format!("`{other}` is not a way to read a value"))),
    };
    let kind = Kind::Member {
        wire: name_on_wire,
        presence,
        reading,
        default: wire.default,
        tolerance: wire.tolerance,
    };
    Ok(Field {
        name: name.clone(),
        ty: ty.iter().cloned().collect(),
        kind,
    })
}

/// The type of the only value of `struct Name(pub Type);`.
fn value(body: &Group) -> Result<TokenStream, Mistake> {
    let trees: Vec<TokenTree> = body.stream().into_iter().collect();
    match split(&trees).as_slice() {
        [only] => {
            let (_, rest) = attributes(only)?;
            let ty = match rest {
                [public, TokenTree::Group(scope), ty @ ..]
                    // `pub (A, B)` is a tuple in the open.
                    if is_word(public, "pub")
                        && scope.delimiter() == Delimiter::Parenthesis
                        && !ty.is_empty() =>
                {
                    ty
                }
                [public, ty @ ..] if is_word(public, "pub") => ty,
                ty => ty,
            };
            Ok(ty.iter().cloned().collect())
        }
        _ => Err(Mistake("a struct without names holds one value".to_owned())),
    }
}

/// The name of a generic type: `Option` of `::std::option::Option<T>`; none if it has no arguments.
fn outermost(ty: &[TokenTree]) -> Option<String> {
    let at = ty.iter().position(|tree| is_mark(tree, '<'))?;
    match ty.get(at.checked_sub(1)?)? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

/// Whether a type is an integer, or options, lists and maps of one.
fn is_of_integers(ty: &[TokenTree]) -> bool {
    const INTEGERS: [&str; 8] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
    const AROUND: [&str; 10] = [
        "std",
        "alloc",
        "core",
        "option",
        "vec",
        "collections",
        "Option",
        "Vec",
        "Presence",
        "BTreeMap",
    ];
    let mut integers = 0_usize;
    for (at, tree) in ty.iter().enumerate() {
        match tree {
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let is_key = || {
                    let before = at.checked_sub(2).and_then(|at| ty.get(at));
                    let comma = ty.get(at + 1).is_some_and(|next| is_mark(next, ','));
                    comma && before.is_some_and(|map| is_word(map, "BTreeMap"))
                };
                if INTEGERS.contains(&name.as_str()) {
                    integers += 1;
                } else if !(AROUND.contains(&name.as_str()) || (name == "String" && is_key())) {
                    return false;
                }
            }
            TokenTree::Punct(_) => {}
            TokenTree::Group(_) | TokenTree::Literal(_) => return false,
        }
    }
    integers == 1
}

/// Elements between commas that are not within angle brackets.
pub(crate) fn split(trees: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut elements = Vec::new();
    let (mut start, mut angles) = (0, 0_usize);
    for (at, tree) in trees.iter().enumerate() {
        if is_mark(tree, '<') {
            angles += 1;
        } else if is_mark(tree, '>') {
            angles = angles.saturating_sub(1);
        } else if is_mark(tree, ',') && angles == 0 {
            elements.extend(trees.get(start..at));
            start = at + 1;
        }
    }
    elements.extend(trees.get(start..).filter(|last| !last.is_empty()));
    elements
}

/// The attributes before an item, and the item.
fn attributes(mut trees: &[TokenTree]) -> Result<(Wire, &[TokenTree]), Mistake> {
    let mut wire = Wire::default();
    while let [mark, TokenTree::Group(attribute), rest @ ..] = trees {
        if !is_mark(mark, '#') {
            break;
        }
        let parts: Vec<TokenTree> = attribute.stream().into_iter().collect();
        if let [name, TokenTree::Group(arguments)] = parts.as_slice()
            && is_word(name, "wire")
        {
            let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
            for argument in split(&arguments) {
                wire.take(argument)?;
            }
        }
        trees = rest;
    }
    Ok((wire, trees))
}

impl Wire {
    fn take(&mut self, argument: &[TokenTree]) -> Result<(), Mistake> {
        match argument {
            [TokenTree::Ident(name), equals, TokenTree::Literal(literal)]
                if is_mark(equals, '=') =>
            {
                let text = Some(text(&literal.to_string())?);
                match name.to_string().as_str() {
                    "rename" => self.rename = text,
                    "rename_all" => self.rename_all = text,
                    "read" => self.read = text,
                    "default" => self.default = text,
                    "reading" => self.tolerance = text,
                    other => return Err(unknown(other)),
                }
            }
            [TokenTree::Ident(name)] if name == "nullable" => self.nullable = true,
            [TokenTree::Ident(name)] if name == "keeps_digits" => self.keeps_digits = true,
            [TokenTree::Ident(name)] if name == "flatten" => self.flatten = Some(Vec::new()),
            [TokenTree::Ident(name), TokenTree::Group(names)] if name == "flatten" => {
                let names = names.stream().into_iter().filter_map(|tree| match tree {
                    TokenTree::Literal(literal) => Some(text(&literal.to_string())),
                    _ => None,
                });
                self.flatten = Some(names.collect::<Result<_, _>>()?);
            }
            [TokenTree::Ident(other), ..] => return Err(unknown(&other.to_string())),
            _ => return Err(unknown("")),
        }
        Ok(())
    }
}

fn unknown(name: &str) -> Mistake {
    Mistake(format!("`wire` has no `{name}` of this form"))
}

/// The text of a string literal.
fn text(literal: &str) -> Result<String, Mistake> {
    let mistake = || Mistake(format!("{literal} is not a plain string"));
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(mistake)?;
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next().ok_or_else(mistake)? {
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            '0' => text.push('\0'),
            plain @ ('\\' | '"' | '\'') => text.push(plain),
            'x' => {
                let code = letters.as_str().get(..2).ok_or_else(mistake)?;
                text.push(u8::from_str_radix(code, 16).map_err(|_| mistake())?.into());
                letters = letters.as_str().get(2..).unwrap_or("").chars();
            }
            'u' => {
                let escape = letters
                    .as_str()
                    .strip_prefix('{')
                    .and_then(|rest| rest.split_once('}'));
                let (code, rest) = escape.ok_or_else(mistake)?;
                let code = u32::from_str_radix(code, 16).map_err(|_| mistake())?;
                text.push(char::from_u32(code).ok_or_else(mistake)?);
                letters = rest.chars();
            }
            _ => return Err(mistake()),
        }
    }
    Ok(text)
}

pub(crate) fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

pub(crate) fn is_mark(tree: &TokenTree, mark: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == mark)
}
