//! Where a struct has the member of a name.

/// A table of the members by a sum of a few bytes of their names, made by the compiler. It says where a member may be,
/// or that there is none; where two have the same sum, the first is told, and the rest are looked for.
#[derive(Clone, Debug)]
pub struct Places([u8; 256]);

/// No member has this sum.
const NONE: u8 = u8::MAX;

impl Places {
    /// The table of some members.
    #[allow(
        clippy::indexing_slicing,
        reason = "`get_mut` is not const, and a byte is below 256"
    )]
    pub const fn of(members: &[&str]) -> Self {
        let mut places = [NONE; 256];
        let mut at = 0;
        while at < members.len() {
            let sum = sum(members[at].as_bytes()) as usize;
            if places[sum] == NONE {
                // Of more than 254 members, the rest are looked for from the last that a byte can tell.
                places[sum] = if at < NONE as usize {
                    at as u8
                } else {
                    NONE - 1
                };
            }
            at = at.saturating_add(1);
        }
        Self(places)
    }

    /// The position at which a member of this name is if it is at the first with its sum, or nothing if there is none.
    #[inline]
    pub(super) fn likely(&self, name: &[u8]) -> Option<usize> {
        let place = self.0.get(usize::from(sum(name)))?;
        (*place != NONE).then_some(usize::from(*place))
    }
}

/// A sum of the length and of the first, the middle and the last byte.
#[inline]
const fn sum(name: &[u8]) -> u8 {
    let length = name.len();
    let Some((last, _)) = name.split_last() else {
        return 0;
    };
    #[allow(
        clippy::indexing_slicing,
        reason = "neither is empty, and a half is below the whole"
    )]
    let (first, middle) = (name[0], name[length / 2]);
    (length as u8)
        .wrapping_mul(7)
        .wrapping_add(first.wrapping_mul(3))
        .wrapping_add(middle.wrapping_mul(5))
        .wrapping_add(last.wrapping_mul(11))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of many members is found, whatever else has its sum, and no other name is.
    #[test]
    fn every_member_is_told_of() {
        let names: Vec<String> = (0..400).map(|n| format!("m{}", n * 37)).collect();
        let members: Vec<&str> = names.iter().map(String::as_str).collect();
        let places = Places::of(&members);
        for (at, member) in members.iter().enumerate() {
            let likely = places.likely(member.as_bytes()).unwrap();
            assert!(likely <= at);
        }
        let few = Places::of(&["id", "name", ""]);
        assert_eq!(few.likely(b"id"), Some(0));
        assert_eq!(few.likely(b"name"), Some(1));
        assert_eq!(few.likely(b""), Some(2));
        assert_eq!(few.likely(b"notes"), None);
    }
}
