//! Query strings, cookies and forms: pairs of names and values, each taken by the parameter that it belongs to.

use std::collections::BTreeMap;

use super::encoded::{Coding, Cut, DecodeError, EncodedValue, Text, decode};
use crate::client::{FormField, QueryStyle};

/// Pairs in the order in which they were sent.
#[derive(Debug, Default)]
pub struct Pairs(Vec<Pair>);

#[derive(Debug)]
struct Pair {
    name: String,
    raw: String,
    /// Whether a parameter has taken it.
    taken: bool,
}

impl Pairs {
    /// Those of a query or a form.
    pub fn of_query(text: &str) -> Self {
        Self::cut(text, '&', Coding::Form)
    }

    /// Those of a `Cookie` header.
    pub(super) fn of_cookies(text: &str) -> Self {
        Self::cut(text, ';', Coding::Percent)
    }

    /// Those of a path parameter in matrix style.
    pub(super) fn of_matrix(text: &str) -> Self {
        Self::cut(text, ';', Coding::Percent)
    }

    fn cut(text: &str, between: char, coding: Coding) -> Self {
        let pairs = text.split(between).map(str::trim);
        let pairs = pairs.filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
            Pair {
                name: decode(name, coding).unwrap_or_else(|| name.to_owned()),
                raw: raw.to_owned(),
                taken: false,
            }
        });
        Self(pairs.collect())
    }

    /// Takes the values of a name.
    pub(super) fn take(
        &mut self,
        name: &str,
        style: QueryStyle,
    ) -> Result<EncodedValue, DecodeError> {
        let cut = match style {
            QueryStyle::DeepObject => return Ok(self.take_deep(name)),
            QueryStyle::Json => return self.take_json(name),
            QueryStyle::Form { explode: true } => Cut::Repeated,
            QueryStyle::Form { explode: false } => Cut::Between(&[","]),
            QueryStyle::SpaceDelimited => Cut::Between(&["%20", "+"]),
            QueryStyle::PipeDelimited => Cut::Between(&["|", "%7C", "%7c"]),
        };
        Ok(alone_or_list(self.taken(|found| found == name, cut)))
    }

    /// Takes what is under a name without escapes: lists between commas, or a pair for each item.
    pub(super) fn take_plain(&mut self, name: &str, explode: bool) -> EncodedValue {
        let cut = match explode {
            true => Cut::Uncut,
            false => Cut::Between(&[","]),
        };
        let ours = self.0.iter_mut().filter(|pair| pair.name == name);
        let values = ours.map(|pair| {
            pair.taken = true;
            EncodedValue::Text(Text {
                raw: pair.raw.clone(),
                coding: Coding::Plain,
                cut,
            })
        });
        alone_or_list(values.collect())
    }

    /// Takes the members of an object that is spread out: those that are named, or all that nobody else took.
    pub(super) fn take_members(&mut self, names: &[&str]) -> EncodedValue {
        let mut groups: Vec<(String, Vec<EncodedValue>)> = Vec::new();
        for pair in self.0.iter_mut().filter(|pair| !pair.taken) {
            if !names.is_empty() && !names.contains(&pair.name.as_str()) {
                continue;
            }
            pair.taken = true;
            let value = text(&pair.raw, Cut::Repeated);
            match groups.iter_mut().find(|(name, _)| *name == pair.name) {
                Some((_, values)) => values.push(value),
                None => groups.push((pair.name.clone(), vec![value])),
            }
        }
        if groups.is_empty() {
            return EncodedValue::Absent;
        }
        EncodedValue::Members(
            groups
                .into_iter()
                .map(|(name, values)| (name, alone_or_list(values)))
                .collect(),
        )
    }

    /// All of a form: members with a style of their own, else lists are repeated and objects JSON.
    pub(super) fn into_form(mut self, fields: &[FormField]) -> Result<EncodedValue, DecodeError> {
        let mut members = Vec::new();
        for field in fields {
            let value = match field.style {
                QueryStyle::Json => self.take_each_json(field.name)?,
                style => self.take(field.name, style)?,
            };
            if value != EncodedValue::Absent {
                members.push((field.name.to_owned(), value));
            }
        }
        if let EncodedValue::Members(rest) = self.take_members(&[]) {
            members.extend(rest);
        }
        Ok(EncodedValue::Members(members))
    }

    /// A member that is JSON, or a list of which each item is.
    fn take_each_json(&mut self, name: &str) -> Result<EncodedValue, DecodeError> {
        match self.take_json(name) {
            Ok(found) => Ok(found),
            Err(_) => Ok(alone_or_list(
                self.taken(|found| found == name, Cut::Repeated),
            )),
        }
    }

    /// The number of words.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether all of `others` are among them.
    pub fn has_all(&self, others: &Self) -> bool {
        let value = |pair: &Pair| decode(&pair.raw, Coding::Form);
        let has = |other: &Pair| {
            let mut alike = self.0.iter().filter(|pair| pair.name == other.name);
            alike.any(|pair| value(pair) == value(other))
        };
        others.0.iter().all(has)
    }

    /// Takes all that have the names of `others`.
    pub(super) fn take_all(&mut self, others: &Self) {
        for pair in &mut self.0 {
            pair.taken |= others.0.iter().any(|other| pair.name == other.name);
        }
    }

    /// The first value under a name, decoded.
    pub(super) fn first(&mut self, name: &str) -> Option<String> {
        let pair = self.0.iter_mut().find(|pair| pair.name == name)?;
        pair.taken = true;
        decode(&pair.raw, Coding::Form)
    }

    /// Names that nobody took.
    pub(super) fn left(&self) -> impl Iterator<Item = &str> {
        let left = self.0.iter().filter(|pair| !pair.taken);
        left.map(|pair| pair.name.as_str())
    }

    fn taken(&mut self, is_ours: impl Fn(&str) -> bool, cut: Cut) -> Vec<EncodedValue> {
        let ours = self.0.iter_mut().filter(|pair| is_ours(&pair.name));
        ours.map(|pair| {
            pair.taken = true;
            text(&pair.raw, cut)
        })
        .collect()
    }

    fn take_json(&mut self, name: &str) -> Result<EncodedValue, DecodeError> {
        let mut found = self.taken(|found| found == name, Cut::Uncut);
        match (found.pop(), found.is_empty()) {
            (None, _) => Ok(EncodedValue::Absent),
            (Some(EncodedValue::Text(text)), true) => serde_json::from_str(&text.decoded()?)
                .map(EncodedValue::Json)
                .map_err(|error| DecodeError(format!("is not JSON: {error}"))),
            _ => Err(DecodeError("is sent more than once".to_owned())),
        }
    }

    /// `name[key]=value`, as deep as it goes.
    fn take_deep(&mut self, name: &str) -> EncodedValue {
        let mut root = Node::default();
        for pair in &mut self.0 {
            let Some(keys) = keys_below(name, &pair.name) else {
                continue;
            };
            pair.taken = true;
            let value = text(&pair.raw, Cut::Uncut);
            match keys.split_last() {
                Some((&"", keys)) => {
                    let node = root.at(keys);
                    node.is_list = true;
                    node.values.push(value);
                }
                _ => root.at(&keys).values.push(value),
            }
        }
        root.into_spelt()
    }
}

/// One value stands alone; none at all is absent.
fn alone_or_list(mut values: Vec<EncodedValue>) -> EncodedValue {
    match values.len() {
        0 => EncodedValue::Absent,
        1 => values.pop().unwrap_or(EncodedValue::Absent),
        _ => EncodedValue::List(values.into_iter().map(EncodedValue::into_nested).collect()),
    }
}

fn text(raw: &str, cut: Cut) -> EncodedValue {
    EncodedValue::Text(Text {
        raw: raw.to_owned(),
        coding: Coding::Form,
        cut,
    })
}

/// The keys in brackets after a name.
fn keys_below<'a>(name: &str, found: &'a str) -> Option<Vec<&'a str>> {
    let mut rest = found.strip_prefix(name)?;
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
        keys.push(key);
        rest = after;
    }
    Some(keys)
}

/// A node of a deep object.
#[derive(Default)]
struct Node {
    values: Vec<EncodedValue>,
    /// Its values are written as `name[]`.
    is_list: bool,
    /// By name; indices are in the order of their numbers.
    members: BTreeMap<(Option<usize>, String), Node>,
}

impl Node {
    fn at(&mut self, keys: &[&str]) -> &mut Self {
        let Some((first, rest)) = keys.split_first() else {
            return self;
        };
        let key = (first.parse().ok(), (*first).to_owned());
        self.members.entry(key).or_default().at(rest)
    }

    fn into_spelt(self) -> EncodedValue {
        if self.is_list {
            return EncodedValue::List(self.values);
        }
        if self.members.is_empty() {
            return alone_or_list(self.values);
        }
        let is_indexed = self
            .members
            .keys()
            .enumerate()
            .all(|(at, (index, _))| *index == Some(at));
        let members = self.members.into_iter();
        let members = members.map(|((_, name), node)| (name, node.into_spelt()));
        match is_indexed {
            true => EncodedValue::Items(members.collect()),
            false => EncodedValue::Members(members.collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(query: &str, style: QueryStyle) -> Value {
        let encoded = Pairs::of_query(query).take("n", style).unwrap();
        encoded.read::<Option<Value>>().unwrap().unwrap_or_default()
    }

    #[test]
    fn each_style_is_read_as_openapi_says() {
        let texts = |query, style| -> Vec<String> {
            let encoded = Pairs::of_query(query).take("n", style).unwrap();
            encoded.read().unwrap()
        };
        for (query, style) in [
            ("n=a%20b&x=1&n=b%26", QueryStyle::Form { explode: true }),
            ("n=a+b,b%26", QueryStyle::Form { explode: false }),
            ("n=a%20b|b%26", QueryStyle::PipeDelimited),
        ] {
            assert_eq!(texts(query, style), ["a b", "b&"], "{query}");
        }
        assert_eq!(texts("n=a%20b", QueryStyle::SpaceDelimited), ["a", "b"]);
        assert_eq!(
            read("n%5Ba%5D%5Bb%5D=1&n[a][b]=2&n[c]=x", QueryStyle::DeepObject),
            json!({"a": {"b": [1, 2]}, "c": "x"})
        );
        let lists = "n[t][]=1&n[i][0]=2&n[o][0][a]=x&n[o][0][b][]=y&n[o][1][a]=z";
        assert_eq!(
            read(lists, QueryStyle::DeepObject),
            json!({"t": [1], "i": [2], "o": [{"a": "x", "b": ["y"]}, {"a": "z"}]})
        );
        assert_eq!(
            read("n=%7B%22a%22%3A1%7D", QueryStyle::Json),
            json!({"a": 1})
        );
        assert_eq!(read("m=1", QueryStyle::Json), Value::Null);
    }

    #[test]
    fn what_nobody_takes_is_left() {
        let mut pairs = Pairs::of_query("a=1&b=2&c=3&d=4");
        pairs.take("a", QueryStyle::Form { explode: true }).unwrap();
        let named = pairs.take_members(&["b"]).read::<Value>().unwrap();
        assert_eq!(named, json!({"b": 2}));
        assert_eq!(pairs.left().collect::<Vec<_>>(), ["c", "d"]);
        let rest = pairs.take_members(&[]).read::<Value>().unwrap();
        assert_eq!(rest, json!({"c": 3, "d": 4}));
        assert_eq!(pairs.take_members(&[]), EncodedValue::Absent);
    }

    #[test]
    fn a_form_has_lists_and_json() {
        let fields = [
            FormField::new("e", QueryStyle::DeepObject),
            FormField::new("f", QueryStyle::Json),
        ];
        let text = "a=x+y&b=1&b=2&c=%7B%22d%22%3A1%7D&e[g][]=3&f=%5B4%5D&h=%7B%22i%22%3A5%7D&h=6";
        let form = Pairs::of_query(text).into_form(&fields).unwrap();
        assert_eq!(
            form.read::<Value>().unwrap(),
            json!({"a": "x y", "b": [1, 2], "c": {"d": 1}, "e": {"g": [3]}, "f": [4], "h": [{"i": 5}, 6]})
        );
    }
}
