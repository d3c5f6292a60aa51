//! Forms and files, through the client and its fake.

use multipart_client::countersign_runtime::{Body, FilePart};
use multipart_client::fake::{Received, Server};
use multipart_client::{UploadAnything, UploadAnythingForm, UploadFile, UploadFileForm};

fn read(body: Body) -> String {
    std::io::read_to_string(body.into_reader()).unwrap()
}

#[test]
fn a_file_goes_there_and_back() {
    let fake = Server::new().on(|call: Received<UploadFile>| Ok(call.body.file.content().clone()));
    let client = fake.client();
    let file = FilePart::new("\r\n--not the boundary\r\n").file_name("ü.bin");
    let form = UploadFileForm::new(file).title("a title");
    let answer = client.upload_file(form).send_blocking().unwrap();
    assert_eq!(read(answer.into_inner()), "\r\n--not the boundary\r\n");
    let call = &fake.calls::<UploadFile>()[0];
    assert_eq!(call.body.title.as_deref(), Some("a title"));
    assert_eq!(call.body.file.name(), Some("ü.bin"));
    assert_eq!(call.body.file.media(), Some("application/octet-stream"));
}

#[test]
fn parts_that_nobody_describes_are_taken_as_they_are() {
    let fake = Server::new().on(|_: Received<UploadAnything>| Ok(()));
    let parts = vec![
        ("a".to_owned(), FilePart::new("1").media_type("text/csv")),
        (
            "b".to_owned(),
            FilePart::new("2").file_name("b.bin").media_type("x/y"),
        ),
    ];
    let form = UploadAnythingForm::new().parts(parts.clone());
    let client = fake.client();
    client.upload_anything(form).send_blocking().unwrap();
    client.upload_anything(None).send_blocking().unwrap();
    let calls = fake.calls::<UploadAnything>();
    assert_eq!(calls[0].body.as_ref().map(|form| &form.parts), Some(&parts));
    assert_eq!(calls[1].body, None);
}

/// A streamed part is gathered before it is read: a fake is not a place for what does not fit in memory.
#[test]
fn a_stream_is_gathered() {
    let fake = Server::new()
        .on(|call: Received<UploadFile>| Ok(call.into_operation().body.file.content().clone()));
    let stream = Body::from_source(|| Body::from("streamed"));
    let form = UploadFileForm::new(FilePart::new(stream));
    let answer = fake.client().upload_file(form).send_blocking().unwrap();
    assert_eq!(read(answer.into_inner()), "streamed");
}
