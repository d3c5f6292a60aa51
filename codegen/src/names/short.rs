//! Names that are too long, shortened to some that still say what they are of.
//!
//! A long name goes from the outside in: `PostFilesMetadata` .. `TemplateKey`. What it belongs to stands first and what
//! it is stands last, so words are left out of the middle.

use super::words::Words;

/// The greatest number of letters of a name.
pub(super) const LONGEST: usize = 60;

/// The numbers of letters at the end of a short name, in order of preference.
const ENDS: [usize; 4] = [30, 42, 18, 50];

/// The name of a name: itself, or if it is too long, shorter forms of it in order of preference.
pub(super) enum Forms<'w> {
    Whole(&'w Words),
    Short(Vec<Words>),
}

impl<'w> Forms<'w> {
    /// The forms of a name.
    pub(super) fn of(words: &'w Words) -> Self {
        if !words.is_too_long() {
            return Self::Whole(words);
        }
        let all = words.list();
        let plain = without_repeats(&all);
        if length(&plain) <= LONGEST {
            return Self::Short(vec![Words::join(&plain), ends(&all, ENDS[0])]);
        }
        let mut forms: Vec<Words> = Vec::new();
        for end in ENDS {
            for list in [&plain, &all] {
                let form = ends(list, end);
                if !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        Self::Short(forms)
    }

    /// The number of words.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Whole(_) => 1,
            Self::Short(forms) => forms.len(),
        }
    }

    /// One of them.
    pub(super) fn get(&self, at: usize) -> Option<&Words> {
        match self {
            Self::Whole(words) => (at == 0).then_some(words),
            Self::Short(forms) => forms.get(at),
        }
    }
}

fn length(words: &[&str]) -> usize {
    words.iter().map(|word| word.len()).sum()
}

/// Each word where it stands first; the last word always stays where it is.
fn without_repeats<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    for word in before {
        if word != last && !kept.contains(word) {
            kept.push(word);
        }
    }
    kept.push(last);
    kept
}

/// The last words, of `end` letters at most, and as many of the first as there is room for.
fn ends(words: &[&str], end: usize) -> Words {
    let fitting = |length: usize, words: &mut dyn Iterator<Item = &&str>| {
        let mut room = length;
        let fits = words.take_while(|word| {
            let rest = room.checked_sub(word.len());
            room = rest.unwrap_or(0);
            rest.is_some()
        });
        fits.count()
    };
    let of_end = fitting(end, &mut words.iter().rev());
    let (head, tail) = words.split_at(words.len().saturating_sub(of_end));
    let room = LONGEST.saturating_sub(length(tail));
    let of_head = fitting(room, &mut head.iter());
    let kept: Vec<&str> = head.iter().take(of_head).chain(tail).copied().collect();
    match kept.as_slice() {
        // A single endless word.
        [] => Words::of(&words.concat().chars().take(LONGEST).collect::<String>()),
        kept => Words::join(kept),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let words = Words::of(text);
        let forms = Forms::of(&words);
        (0..forms.count())
            .filter_map(|at| forms.get(at))
            .map(|words| words.list().join(" "))
            .collect()
    }

    #[test]
    fn a_name_that_is_short_enough_stays() {
        let text = "post files metadata enterprise security classification body";
        assert_eq!(forms(text), [text]);
    }

    #[test]
    fn words_are_repeated_once_at_most() {
        let long =
            "custom formatting response speech understanding response custom formatting mapping";
        let short = "custom formatting response speech understanding mapping";
        assert_eq!(forms(long).first().map(String::as_str), Some(short));
    }

    #[test]
    fn the_middle_is_left_out() {
        let long = "get files by file id metadata enterprise security classification of one template key \
                    value parameter";
        let short = "get files by file id metadata of one template key value parameter";
        assert_eq!(forms(long).first().map(String::as_str), Some(short));
    }

    #[test]
    fn no_form_is_too_long_or_empty() {
        for text in [
            "a".repeat(5000),
            "word ".repeat(500),
            format!("{} b", "a".repeat(61)),
        ] {
            for form in forms(&text) {
                let letters = form.replace(' ', "").len();
                assert!((1..=LONGEST).contains(&letters), "{form}");
            }
        }
    }
}
