//! From any text to words that identifiers are made of.

use super::reserved::{is_keyword, is_taken_file, is_unrawable};
use super::split::split;
use super::symbol::{sign, symbol_word};

/// Lower-case ASCII words, kept as `snake_case`; never none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words(String);

/// The longest name of a file, in bytes: with an extension it stays legal everywhere.
const LONGEST_FILE: usize = 60;

/// The longest name that is left as it is, where names that are too long were not shortened to readable ones before.
const LONGEST: usize = 120;

impl Words {
    /// The words of a text as a reader would say them: symbols separate, a leading sign counts.
    pub fn of(text: &str) -> Self {
        if text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            && !text.is_empty()
        {
            let words = text
                .split('_')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>();
            if !words.is_empty() {
                return Self(if words.len() == 1 {
                    words.concat()
                } else {
                    words.join("_")
                });
            }
        }
        let ascii = if text.is_ascii() {
            text.into()
        } else {
            std::borrow::Cow::from(deunicode::deunicode(text))
        };
        // `Page<Item>` is a page of items.
        let is_generic = ascii.starts_with(|first: char| first.is_ascii_alphanumeric())
            && ascii.contains('<')
            && ascii.ends_with('>');
        let mut spaced = String::with_capacity(ascii.len() + 8);
        let mut before = None;
        let mut rest = ascii.chars().peekable();
        while let Some(symbol) = rest.next() {
            if symbol.is_ascii_alphanumeric() {
                spaced.push(symbol);
            } else {
                let at_edge = before.is_none() || rest.peek().is_none();
                match sign(symbol).filter(|_| at_edge && !is_generic) {
                    Some(word) => spaced.extend(['_'].into_iter().chain(word.chars()).chain(['_'])),
                    None => spaced.push('_'),
                }
            }
            before = Some(symbol);
        }
        let words = split(&spaced);
        if words.is_empty() {
            Self::verbatim(text)
        } else {
            Self(words)
        }
    }

    /// The words of a text with every symbol written out, so that texts which differ only in symbols differ.
    pub fn verbatim(text: &str) -> Self {
        let mut spaced = String::new();
        for symbol in text.chars() {
            match symbol {
                _ if symbol.is_ascii_alphanumeric() => spaced.push(symbol),
                _ if symbol.is_ascii() => {
                    spaced.push('_');
                    match symbol_word(symbol) {
                        Some(word) => spaced.push_str(word),
                        None => spaced.push_str(&format!("u{:x}", symbol as u32)),
                    }
                    spaced.push('_');
                }
                _ => {
                    let ascii = deunicode::deunicode_char(symbol).unwrap_or("");
                    if ascii.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
                        spaced.extend(
                            ascii
                                .chars()
                                .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }),
                        );
                    } else {
                        spaced.push_str(&format!("_u{:x}_", symbol as u32));
                    }
                }
            }
        }
        let words = split(&spaced);
        Self(if words.is_empty() {
            "empty".to_owned()
        } else {
            words
        })
    }

    /// These words and then `more`.
    #[must_use]
    pub fn then(&self, more: &Self) -> Self {
        Self(format!("{}_{}", self.0, more.0))
    }

    /// The words of several texts, one after the other.
    pub fn of_all<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let all = texts.into_iter().map(Self::of);
        all.reduce(|before, next| before.then(&next))
    }

    /// Whether a name of these words is shortened.
    pub fn is_too_long(&self) -> bool {
        self.letters() > super::short::LONGEST
    }

    /// The number of letters and digits.
    pub(super) fn letters(&self) -> usize {
        let gaps = memchr::memchr_iter(b'_', self.0.as_bytes()).count();
        self.0.len().saturating_sub(gaps)
    }

    /// Its words, to be shortened.
    pub(super) fn list(&self) -> Vec<&str> {
        self.iter().collect()
    }

    /// The words of a list.
    pub(super) fn join(words: &[&str]) -> Self {
        Self(words.join("_"))
    }

    /// These words without the first ones, if they are `prefix` and something is left.
    #[must_use]
    pub fn without_prefix(&self, prefix: &Self) -> Self {
        let rest = self
            .0
            .strip_prefix(prefix.0.as_str())
            .and_then(|rest| rest.strip_prefix('_'));
        rest.map_or_else(|| self.clone(), |rest| Self(rest.to_owned()))
    }

    /// These words without the last one, if something is left.
    #[must_use]
    pub fn without_last(&self) -> Self {
        self.0
            .rsplit_once('_')
            .map_or_else(|| self.clone(), |(head, _)| Self(head.to_owned()))
    }

    /// The last word in the singular, where English makes it plain: `providers` -> `provider`.
    #[must_use]
    pub fn singular(&self) -> Option<Self> {
        let (head, last) = self
            .0
            .rsplit_once('_')
            .map_or(("", self.0.as_str()), |(head, last)| (head, last));
        let single = if let Some(stem) = last.strip_suffix("ies").filter(|stem| stem.len() > 2) {
            format!("{stem}y")
        } else if let Some(stem) = ["sses", "shes", "ches", "xes", "zzes"]
            .iter()
            .find(|end| last.ends_with(**end))
            .and_then(|_| last.strip_suffix("es"))
        {
            stem.to_owned()
        } else {
            let stem = last.strip_suffix('s')?;
            if stem.len() < 2 || stem.ends_with(['s', 'u', 'i']) {
                return None;
            }
            stem.to_owned()
        };
        Some(Self(if head.is_empty() {
            single
        } else {
            format!("{head}_{single}")
        }))
    }

    /// The last word in the plural, by the rules of English: `provider` -> `providers`.
    #[must_use]
    pub fn plural(&self) -> Self {
        let text = &self.0;
        let is_consonant = |stem: &str| !stem.ends_with(['a', 'e', 'i', 'o', 'u']);
        if let Some(stem) = text.strip_suffix('y').filter(|stem| is_consonant(stem)) {
            return Self(format!("{stem}ies"));
        }
        let hisses = ["s", "x", "z", "ch", "sh"]
            .iter()
            .any(|end| text.ends_with(end));
        Self(format!("{text}{}", if hisses { "es" } else { "s" }))
    }

    /// The words.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split('_')
    }

    /// `UpperCamelCase`; digits that would run together are kept apart.
    pub(super) fn upper_camel(&self) -> String {
        let mut name = String::new();
        for word in self.iter() {
            let mut letters = word.chars();
            let Some(first) = letters.next() else {
                continue;
            };
            if first.is_ascii_digit() {
                if name.is_empty() {
                    name.push('N');
                } else if name.ends_with(|c: char| c.is_ascii_digit()) {
                    name.push('_');
                }
            }
            name.push(first.to_ascii_uppercase());
            name.push_str(letters.as_str());
        }
        if is_unrawable(&name) {
            name.push('_');
        }
        cut(name, LONGEST)
    }

    /// `snake_case`.
    pub(super) fn snake(&self) -> String {
        let mut name = self.0.clone();
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            name.insert(0, 'n');
        }
        if is_unrawable(&name) {
            name.push('_');
        }
        cut(name, LONGEST)
    }

    /// `snake_case` that can name a module and its file.
    pub(super) fn module(&self) -> String {
        let mut name = cut(self.snake(), LONGEST_FILE);
        if is_keyword(&name) || is_taken_file(&name) {
            name.push_str("_api");
        }
        name
    }
}

/// Cuts a name that is longer than `longest`, and keeps it unlike others that begin the same way.
fn cut(name: String, longest: usize) -> String {
    if name.len() <= longest {
        return name;
    }
    let digest = fingerprint(&name);
    let mut head = name;
    head.truncate(longest.saturating_sub(9));
    while head.ends_with('_') {
        head.pop();
    }
    let snake = !head.starts_with(|c: char| c.is_ascii_uppercase());
    if snake {
        format!("{head}_{digest:08x}")
    } else {
        format!("{head}H{digest:08x}")
    }
}

/// FNV-1a, folded to 32 bits: tells texts apart, the same on every machine and in every order.
pub(super) fn fingerprint(text: &str) -> u32 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_are_those_that_a_reader_would_say() {
        for (text, snake, camel) in [
            ("otpServiceURL", "otp_service_url", "OtpServiceUrl"),
            ("tmsWebApiURL", "tms_web_api_url", "TmsWebApiUrl"),
            ("MFACriteria", "mfa_criteria", "MfaCriteria"),
            ("hardwareIDs", "hardware_ids", "HardwareIds"),
            ("iOS", "ios", "Ios"),
            ("OAuth2Token", "oauth2_token", "Oauth2Token"),
            ("IPv4Address", "ipv4_address", "Ipv4Address"),
            ("mfa-vendor_type", "mfa_vendor_type", "MfaVendorType"),
            ("-created_at", "minus_created_at", "MinusCreatedAt"),
            ("C#", "c_sharp", "CSharp"),
            ("app.Page<app.Item>", "app_page_app_item", "AppPageAppItem"),
            (">", "greater", "Greater"),
            ("2fa", "n2fa", "N2fa"),
            ("2024-01-01", "n2024_01_01", "N2024_01_01"),
            ("", "empty", "Empty"),
            ("*", "star", "Star"),
            ("Größe", "grosse", "Grosse"),
            ("self", "self_", "Self_"),
            ("type", "type", "Type"),
        ] {
            let words = Words::of(text);
            assert_eq!(
                (words.snake().as_str(), words.upper_camel().as_str()),
                (snake, camel),
                "{text:?}"
            );
        }
    }

    #[test]
    fn any_text_makes_an_identifier() {
        for text in [
            "😀",
            "\u{0}",
            "\u{202e}x",
            "日本",
            "a\"b",
            "r#x",
            "_",
            "__",
            "'",
            "\u{1F469}\u{200D}\u{1F4BB}",
            "٣",
        ] {
            let name = Words::of(text).snake();
            let legal = name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            assert!(
                legal && !name.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty(),
                "{text:?} -> {name}"
            );
        }
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let (one, other) = ("word_".repeat(40) + "a", "word_".repeat(40) + "b");
        let (one, other) = (Words::of(&one).module(), Words::of(&other).module());
        assert!(
            one.len() <= 60 && other.len() <= 60 && one != other,
            "{one} {other}"
        );
    }

    #[test]
    fn plurals_find_their_singular() {
        let singular = |text: &str| Words::of(text).singular().map(|words| words.snake());
        assert_eq!(singular("mfaProviders").as_deref(), Some("mfa_provider"));
        assert_eq!(singular("entries").as_deref(), Some("entry"));
        assert_eq!(singular("addresses").as_deref(), Some("address"));
        assert_eq!(singular("sizes").as_deref(), Some("size"));
        assert_eq!(singular("status"), None);
        assert_eq!(singular("data"), None);
    }
}
