//! Alternatives: one is read with corrections only where no other could be.

use serde::Deserializer;

use super::*;
use crate::enumeration::Scalar;
use crate::union::{adjacent, content, external, keyed};

#[derive(Debug, PartialEq)]
enum Either {
    Number(i64),
    Flag(bool),
    Owner(Owner),
    Cat(Cat),
    List(Vec<i64>),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Cat {
    lives: i64,
    tags: Vec<String>,
}

const CAT: Shape = Shape::object(&["lives"], &["lives", "tags"]);

fn either<'de, D: Deserializer<'de>>(
    deserializer: D,
    branches: &[Branch<Either>],
) -> Result<Either, D::Error> {
    content(deserializer)?.choose(branches)
}

macro_rules! choice {
    ($name:ident: $($branch:expr),* $(,)?) => {
        #[derive(Debug, PartialEq)]
        struct $name(Either);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                either(deserializer, &[$($branch),*]).map($name)
            }
        }
    };
}

choice!(NumberOrOwner:
    (Shape::INTEGER, |content| content.read(Either::Number)),
    (Shape::object(&[], &["name", "age"]), |content| content.read(Either::Owner)),
);
choice!(NumberOrFlag:
    (Shape::INTEGER, |content| content.read(Either::Number)),
    (Shape::BOOLEAN, |content| content.read(Either::Flag)),
);
choice!(CatOrNumber:
    (CAT, |content| content.read(Either::Cat)),
    (Shape::INTEGER, |content| content.read(Either::Number)),
);
choice!(ConstOrList:
    (Shape::object(&["lives"], &["lives"]).with_consts(&[("kind", Scalar::Str("cat"))]),
        |content| content.read(Either::Cat)),
    (Shape::array_of(&Shape::INTEGER), |content| content.read(Either::List)),
);

#[test]
fn the_only_alternative_that_can_be_meant_is_read() {
    let (read, told) = lenient::<NumberOrOwner>("\"7\"").unwrap();
    assert_eq!(read.0, Either::Number(7));
    assert_eq!(
        told,
        ["the whole answer: expected i64, found text, read as a number"]
    );
    let (read, told) = lenient::<NumberOrOwner>("[]").unwrap();
    assert_eq!(
        read.0,
        Either::Owner(Owner {
            name: None,
            age: None
        })
    );
    assert_eq!(told.len(), 1);
    let (read, told) = lenient::<Vec<CatOrNumber>>(r#"[{"lives":"9","tags":null},3]"#).unwrap();
    assert_eq!(
        read[0].0,
        Either::Cat(Cat {
            lives: 9,
            tags: Vec::new()
        })
    );
    assert_eq!(
        told,
        [
            "/0/lives: expected a number, found text, read as a number",
            "/0/tags: expected a sequence, found null, read as empty",
        ]
    );
    assert!(lenient::<ConstOrList>("null").is_ok());
}

#[test]
fn alternatives_that_both_could_be_meant_stay_errors() {
    assert!(lenient::<NumberOrFlag>("\"1\"").is_err());
    assert_eq!(
        lenient::<NumberOrFlag>("\"7\"").unwrap().0.0,
        Either::Number(7)
    );
    assert_eq!(lenient::<NumberOrFlag>("1").unwrap().1, [""; 0]);
    // Without what tells it from others, an alternative is not guessed.
    assert!(lenient::<CatOrNumber>(r#"{"tags":null}"#).is_err());
    assert!(lenient::<ConstOrList>(r#"{"lives":"9","tags":[],"kind":"dog"}"#).is_err());
    assert!(lenient::<ConstOrList>(r#"{"lives":"9","tags":[],"kind":"cat"}"#).is_ok());
}

#[test]
fn what_a_union_keeps_is_not_corrected() {
    #[derive(Debug, PartialEq)]
    enum Open {
        Number(i64),
        Unknown(Unknown<Value>),
    }

    impl<'de> Deserialize<'de> for Open {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = content(deserializer)?;
            let branches: &[Branch<Self>] = &[(Shape::INTEGER, |value| value.read(Self::Number))];
            value
                .choose::<_, union::Error>(branches)
                .or_else(|_| Ok(Self::Unknown(value.into())))
        }
    }

    let (read, told) = lenient::<Vec<Open>>("[\"7\",1,{\"a\":null}]").unwrap();
    assert!(matches!(
        &read[..],
        [Open::Unknown(_), Open::Number(1), Open::Unknown(_)]
    ));
    assert_eq!(told, [""; 0]);
}

#[test]
fn what_is_below_a_tag_is_corrected() {
    #[derive(Debug, PartialEq)]
    struct Tagged(Cat);

    macro_rules! tagged {
        ($name:ident, $deserializer:ident => $read:expr) => {
            #[derive(Debug, PartialEq)]
            struct $name(Cat);

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>($deserializer: D) -> Result<Self, D::Error> {
                    $read.map($name)
                }
            }
        };
    }

    tagged!(Internal, deserializer => {
        let value = content(deserializer)?;
        assert_eq!(value.tag("kind"), Some("cat"));
        value.read::<Cat, Cat, _>(|cat| cat)
    });
    tagged!(External, deserializer => external(deserializer)?.1.read::<Cat, Cat, _>(|cat| cat));
    tagged!(Keyed, deserializer => keyed(deserializer)?.1.read::<Cat, Cat, _>(|cat| cat));
    tagged!(Adjacent, deserializer => adjacent(deserializer, "kind", "cat")?.1.read::<Cat, Cat, _>(|cat| cat));

    let cat = Cat {
        lives: 9,
        tags: Vec::new(),
    };
    let (read, told) = lenient::<Internal>(r#"{"kind":"cat","lives":"9","tags":null}"#).unwrap();
    assert_eq!((read.0, told.len()), (cat.clone(), 2));
    assert!(told[0].starts_with("/lives"), "{told:?}");
    let wrapped = r#"{"cat":{"lives":"9","tags":null}}"#;
    let (read, told) = lenient::<External>(wrapped).unwrap();
    assert_eq!(read.0, cat);
    assert!(told[0].starts_with("/cat/lives"), "{told:?}");
    let (read, told) = lenient::<Keyed>(wrapped).unwrap();
    assert_eq!(read.0, cat);
    assert!(told[1].starts_with("/cat/tags"), "{told:?}");
    let (read, told) =
        lenient::<Adjacent>(r#"{"kind":"x","cat":{"lives":"9","tags":null}}"#).unwrap();
    assert_eq!(read.0, cat);
    assert!(told[0].starts_with("/cat/lives"), "{told:?}");
    let told = lenient::<Vec<Keyed>>(r#"[{"cat":{"lives":"x","tags":1}}]"#).unwrap_err();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("/0/cat/lives"), "{told:?}");
    _ = Tagged(cat);
}
