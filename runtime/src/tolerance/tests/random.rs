//! A value that is what its type says is read alike in both modes.

use super::*;

/// A source of chance that is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    fn list(&mut self, item: fn(&mut Self) -> String) -> String {
        let items: Vec<String> = (0..self.below(4)).map(|_| item(self)).collect();
        format!("[{}]", items.join(", "))
    }

    fn text(&mut self) -> String {
        self.pick(&[
            r#""""#,
            r#""a""#,
            r#""1""#,
            r#""true""#,
            r#""é\u00e9\n\"\\""#,
            r#""null""#,
            r#""😀""#,
        ])
        .to_owned()
    }

    fn integer(&mut self) -> String {
        self.pick(&[
            "0",
            "1",
            "-1",
            "7.0",
            "1e3",
            "9223372036854775807",
            "-9223372036854775808",
        ])
        .to_owned()
    }

    fn any(&mut self) -> String {
        let list = self.list(Self::text);
        let number = self.integer();
        let object = format!(r#"{{"a": {list}, "b": {number}, "c": null}}"#);
        self.pick(&[
            "null",
            "0.1",
            "-0",
            "true",
            "18446744073709551615",
            "1e300",
            &list,
            &object,
        ])
        .to_owned()
    }

    fn pet(&mut self) -> String {
        let mut members = vec![
            format!(r#""id": {}"#, self.integer()),
            format!(r#""name": {}"#, self.text()),
            format!(r#""tags": {}"#, self.list(Self::text)),
            format!(r#""labels": {{"k": {}, "": {}}}"#, self.text(), self.text()),
            format!(r#""active": {}"#, self.pick(&["true", "false"])),
            format!(
                r#""owner": {}"#,
                self.pick(&["null", "{}", r#"{"age": 7, "x": [1]}"#])
            ),
            format!(r#""rank": {}"#, self.pick(&["1", "-5", "5.0"])),
        ];
        let optional = [
            format!(
                r#""weight": {}"#,
                self.pick(&["1", "1.5", "null", "-0", "1e-7", "0.1"])
            ),
            format!(r#""kind": {}"#, self.text()),
            format!(
                r#""size": {}"#,
                self.pick(&["1", "2.0", r#""small""#, r#""2""#, "9", "null"])
            ),
            format!(r#""note": {}"#, self.pick(&["null", r#""n""#])),
            format!(
                r#""photo": {}"#,
                self.pick(&[r#""""#, r#""AQID""#, r#""_-8=""#])
            ),
            format!(r#""token": {}"#, self.text()),
            format!(r#""any": {}"#, self.any()),
            format!(
                r#""born": {}"#,
                self.pick(&[r#""2024-06-19""#, "null", r#""2024-06-19T10:00:00""#])
            ),
            format!(
                r#""seen": {}"#,
                self.pick(&[
                    r#""2024-06-19T15:22:45Z""#,
                    r#""2024-06-19 15:22:45+02:00""#
                ])
            ),
            format!(
                r#""uuid": {}"#,
                self.pick(&[r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#, "null"])
            ),
            format!(r#""unknown": {}"#, self.any()),
        ];
        members.extend(optional.into_iter().filter(|_| self.below(2) == 0));
        let at = usize::try_from(self.below(members.len() as u64)).unwrap();
        members.rotate_left(at);
        format!("{{{}}}", members.join(" ,\n"))
    }
}

#[test]
fn what_fits_is_read_alike() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for _ in 0..5_000 {
        let json = chance.list(Chance::pet);
        let strict: Vec<Pet> =
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        for rules in [tolerant(), Rules::default()] {
            let (read, told) = read_by::<Vec<Pet>>(&json, &rules).unwrap();
            assert_eq!((&read, told.len()), (&strict, 0), "{json}");
        }
        let value: Value = serde_json::from_str(&json).unwrap();
        let (read, _) = lenient::<Value>(&json).unwrap();
        assert_eq!(read, value, "{json}");
    }
}
