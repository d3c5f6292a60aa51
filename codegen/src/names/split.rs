//! Where a text in any case comes apart into words.

use heck::ToSnakeCase;

/// Names whose inner capitals are no word boundaries, as their owners spell them and as words.
const WHOLE: &[(&str, &str)] = &[
    ("OAuth", "Oauth"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("macOS", "Macos"),
    ("iOS", "Ios"),
    ("GraphQL", "Graphql"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("MySQL", "Mysql"),
    ("PostgreSQL", "Postgresql"),
    ("NoSQL", "Nosql"),
];

/// The `snake_case` of letters, digits and underscores.
pub(super) fn split(text: &str) -> String {
    plain(text).unwrap_or_else(|| general(text))
}

/// The same of a text whose capitals each begin a word, as in most names: one pass instead of many.
fn plain(text: &str) -> Option<String> {
    if text.contains("Git") {
        return None;
    }
    let mut words = String::with_capacity(text.len() + 8);
    let mut before = b'_';
    for byte in text.bytes() {
        match (before, byte) {
            (_, b'a'..=b'z' | b'0'..=b'9') => words.push(char::from(byte)),
            (b'a'..=b'z', b'A'..=b'Z') => {
                words.extend(['_', char::from(byte.to_ascii_lowercase())]);
            }
            (b'_', b'A'..=b'Z') => words.push(char::from(byte.to_ascii_lowercase())),
            (b'_', b'_') => {}
            (_, b'_') => words.push('_'),
            _ => return None,
        }
        before = byte;
    }
    if before == b'_' {
        words.pop();
    }
    Some(words)
}

fn general(text: &str) -> String {
    let mut text = text.to_owned();
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        for (verbatim, word) in WHOLE {
            if text.contains(verbatim) {
                text = text.replace(verbatim, word);
            }
        }
        text = leading_numbers(&plural_acronyms(&text));
    }
    text.to_snake_case()
}

/// `200Action` -> `200_Action`: a number before a word is one by itself. `2FaKey` and `3DModel` begin with a word.
fn leading_numbers(text: &str) -> String {
    let parts = text.split('_').map(|part| {
        let word = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let mut letters = word.chars();
        let is_word = letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.next().is_some_and(|c| c.is_ascii_lowercase())
            && letters.next().is_some_and(|c| c.is_ascii_lowercase());
        match part.strip_suffix(word) {
            Some(number) if is_word && !number.is_empty() => format!("{number}_{word}"),
            _ => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("_")
}

/// `hardwareIDs` -> `hardwareIds`: an acronym and its plural `s` are one word.
fn plural_acronyms(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied();
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some(letter) = at(index) {
        let mut end = index;
        while at(end).is_some_and(|c| c.is_ascii_uppercase()) {
            end += 1;
        }
        let plural = end >= index + 2
            && at(end) == Some('s')
            && !at(end + 1).is_some_and(|c| c.is_ascii_lowercase());
        if plural {
            out.push(letter);
            out.extend(
                letters
                    .iter()
                    .take(end)
                    .skip(index + 1)
                    .map(char::to_ascii_lowercase),
            );
            out.push('s');
            index = end + 1;
        } else if end > index {
            out.extend(letters.iter().take(end).skip(index));
            index = end;
        } else {
            out.push(letter);
            index += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{general, plain};

    #[test]
    fn a_number_before_a_word_is_one_by_itself() {
        for (text, words) in [
            ("200ActionResponse", "200_action_response"),
            ("get_404NotFound", "get_404_not_found"),
            ("2FaKey", "2fa_key"),
            ("3DModel", "3d_model"),
            ("S3Bucket", "s3_bucket"),
            ("v2Users", "v2_users"),
        ] {
            assert_eq!(general(text), words, "{text}");
        }
    }

    #[test]
    fn the_short_way_leads_to_the_same_words() {
        for text in [
            "otpServiceUrl",
            "OtpServiceUrl",
            "_links",
            "__a__B__",
            "a_",
            "_",
            "V2",
            "aB2c",
            "snake_case_2",
            "Mixed_Case",
        ] {
            assert_eq!(plain(text), Some(general(text)), "{text}");
        }
        for text in ["otpServiceURL", "GitHubToken", "oauth2Token", "3D"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
