//! Bodies of XML, written by the client and its fake and read by the other.

use xml_client::countersign_runtime::{Body, MemoryTransport, xml};
use xml_client::fake::{Received, Server};
use xml_client::{Client, Error, GetPet, ListObjects, ListObjectsError, PutPet, PutPetBody, model};

/// As a server of S3 answers.
const LISTED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b&amp;c</Name><Prefix></Prefix>
<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>
<Contents><Key>one</Key><LastModified>2009-10-12T17:50:30.000Z</LastModified><Size>434234</Size></Contents>
<Contents><Key>two</Key><Size>0</Size></Contents></ListBucketResult>"#;

fn pet() -> model::Pet {
    let parent = model::Pet::new(1, "<Ma>");
    model::Pet::new(7, "Rex & co")
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .parent(parent)
        .size(model::PetSize::Number(1.5))
}

/// A client that is answered with this.
fn answered(status: u16, media: &'static str, body: &'static str) -> (Client, MemoryTransport) {
    let transport = MemoryTransport::new(move |_| {
        let answer = http_response(status, media, body);
        Ok(answer)
    });
    let client = Client::builder()
        .base_url("https://s3.example")
        .transport(transport.clone())
        .build()
        .unwrap();
    (client, transport)
}

fn http_response(status: u16, media: &str, body: &'static str) -> http::Response<Body> {
    let response = http::Response::builder().status(status).header("content-type", media);
    response.body(Body::from(body)).unwrap()
}

#[test]
fn a_list_of_s3_is_read() {
    let (client, _) = answered(200, "application/xml", LISTED);
    let listed = client.list_objects().send_blocking().unwrap();
    assert_eq!((listed.name.as_str(), listed.max_keys), ("b&c", Some(1000)));
    let keys: Vec<_> = listed.contents.iter().map(|found| (found.key.as_str(), found.size)).collect();
    assert_eq!(keys, [("one", Some(434_234)), ("two", Some(0))]);
    let text = xml::to_string(&*listed, &xml_client::xml::LIST_BUCKET_RESULT_DOCUMENT).unwrap();
    let again: model::ListBucketResult =
        xml::from_str(&text, &xml_client::xml::LIST_BUCKET_RESULT_DOCUMENT).unwrap();
    assert_eq!(again, *listed);
}

#[test]
fn a_failure_is_read_as_documented_or_kept() {
    let (client, _) = answered(404, "application/xml", "<Error><Code>NoSuchBucket</Code><Message/></Error>");
    let failed = client.list_objects().send_blocking().unwrap_err();
    assert!(matches!(&failed, Error::Api(ListObjectsError::NotFound(why), _) if why.code == "NoSuchBucket"));
    let (client, _) = answered(404, "application/xml", "<Problem/>");
    let failed = client.list_objects().send_blocking().unwrap_err();
    assert!(matches!(&failed, Error::Undocumented(_)), "{failed:?}");
    let (client, _) = answered(200, "application/xml", "<ListBucketResult><Name>x</Name></ListBucketResult>");
    let failed = client.list_objects().send_blocking().unwrap_err();
    assert!(matches!(&failed, Error::Decode(_)), "{failed:?}");
}

#[test]
fn one_type_goes_as_json_and_as_xml() {
    let fake = Server::new()
        .on(|_: Received<PutPet>| Ok(()))
        .on(|_: Received<GetPet>| Ok(pet()))
        .on(|_: Received<ListObjects>| Ok(model::ListBucketResult::new("a", vec![model::Object::new("k")])));
    let client = fake.client();
    client.put_pet(7, pet()).send_blocking().unwrap();
    client.put_pet(7, PutPetBody::Xml(Box::new(pet()))).send_blocking().unwrap();
    let calls = fake.calls::<PutPet>();
    assert_eq!(calls[0].body, PutPetBody::Json(Box::new(pet())));
    assert_eq!(calls[1].body, PutPetBody::Xml(Box::new(pet())));
    assert_eq!(client.get_pet(7).send_blocking().unwrap().into_inner(), pet());
    let listed = client.list_objects().send_blocking().unwrap();
    assert_eq!(listed.contents.len(), 1);
}

#[test]
fn an_answer_in_xml_is_read_where_json_is_documented_too() {
    let text = r#"<pet id="7"><n:name xmlns:n="https://pets.example/names">Rex</n:name><all-tags><tag>a</tag></all-tags><size>big</size></pet>"#;
    let (client, transport) = answered(200, "text/xml; charset=utf-8", text);
    let pet = client.get_pet(7).send_blocking().unwrap();
    assert_eq!((pet.id, pet.name.as_str()), (7, "Rex"));
    assert_eq!(pet.tags.as_deref(), Some(&["a".to_owned()][..]));
    client.put_pet(1, PutPetBody::Xml(Box::new(pet.into_inner()))).send_blocking().ok();
    let sent = transport.sent();
    let sent = String::from_utf8_lossy(sent[1].body()).into_owned();
    assert!(sent.contains(r#"<pet id="7"><p:name xmlns:p="https://pets.example/names">Rex</p:name>"#), "{sent}");
    let long = model::Pet::new(1, "much too long a name");
    let refused = client.put_pet(1, PutPetBody::Xml(Box::new(long))).send_blocking();
    assert!(matches!(refused, Err(Error::Invalid(_))));
}
