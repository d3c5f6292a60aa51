//! Files that are optional, in lists, in alternatives and beside JSON, through the client and its fake.

use uploads_client::countersign_runtime::FilePart;
use uploads_client::fake::{Received, Server};
use uploads_client::{Form, FormForm, Many, ManyForm, model};

fn named(name: &str, media: &str) -> FilePart {
    FilePart::new("content").file_name(name).media_type(media)
}

#[test]
fn each_part_comes_as_what_it_is() {
    let meta = model::Meta::default().name("a, b").size(2.0);
    let form = ManyForm::new(vec![named("a", "a/a"), named("b", "b/b")])
        .image(FilePart::new("image").file_name("i"))
        .others(vec![named("c", "c/c")])
        .part(named("d", "d/d").header("X-Part", "1"))
        .any(FilePart::new("any").file_name("e"))
        .encoded(b"encoded".to_vec())
        .metas(vec![meta.clone(), meta])
        .value(model::ManyBodyValue::Integer(7))
        .codes(vec![
            model::ManyBodyCode::String("x".to_owned()),
            model::ManyBodyCode::Integer(8),
        ]);
    let fake = Server::new().on(|_: Received<Many>| Ok(()));
    fake.client().many(form.clone()).send_blocking().unwrap();
    let call = &fake.calls::<Many>()[0];
    let media = |file: &Option<FilePart>| file.as_ref().and_then(FilePart::media).map(str::to_owned);
    // The first type that is not a range, since a range can't be sent.
    assert_eq!(media(&call.body.image).as_deref(), Some("image/jpeg"));
    assert_eq!(media(&call.body.any).as_deref(), Some("application/pdf"));
    assert_eq!(call.body.files, form.files);
    assert_eq!(call.body.others, form.others);
    assert_eq!((&call.body.encoded, &call.body.metas), (&form.encoded, &form.metas));
    assert_eq!((&call.body.value, &call.body.codes), (&form.value, &form.codes));
}

#[test]
fn a_part_may_be_a_file_or_text() {
    let fake = Server::new().on(|_: Received<Form>| Ok(()));
    for url in [FilePart::new("http://h/"), named("f", "f/f")] {
        let form = FormForm::new("meta").url(url);
        fake.client().form(form).send_blocking().unwrap();
    }
    let calls = fake.calls::<Form>();
    assert_eq!(calls[0].body.meta, "meta");
    assert_eq!(calls[0].body.file, None);
    assert_eq!(calls[0].body.url.as_ref().unwrap().name(), None);
    assert_eq!(calls[1].body.url, Some(named("f", "f/f")));
}
