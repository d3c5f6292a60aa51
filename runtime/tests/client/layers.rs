//! Layers in front of the transport.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

use countersign_runtime::{Body, TransportService};
use tower_layer::Layer;
use tower_service::Service;

use crate::sample::*;
use crate::support::{Hurried, Server as Loopback, json, response};

/// Adds a header and counts.
#[derive(Clone)]
struct Stamp(&'static str, Arc<AtomicU32>);

#[derive(Clone)]
struct Stamped(Stamp, TransportService);

impl Layer<TransportService> for Stamp {
    type Service = Stamped;

    fn layer(&self, inner: TransportService) -> Stamped {
        Stamped(self.clone(), inner)
    }
}

impl Service<http::Request<Body>> for Stamped {
    type Response = http::Response<Body>;
    type Error = <TransportService as Service<http::Request<Body>>>::Error;
    type Future = <TransportService as Service<http::Request<Body>>>::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.1.poll_ready(cx)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        self.0.1.fetch_add(1, Ordering::Relaxed);
        request
            .headers_mut()
            .append("x-stamp", self.0.0.parse().unwrap());
        self.1.call(request)
    }
}

/// Sets a header.
#[derive(Clone)]
pub(crate) struct Set(pub(crate) &'static str, pub(crate) &'static str);

#[derive(Clone)]
pub(crate) struct Setting(Set, TransportService);

impl Layer<TransportService> for Set {
    type Service = Setting;

    fn layer(&self, inner: TransportService) -> Setting {
        Setting(self.clone(), inner)
    }
}

impl Service<http::Request<Body>> for Setting {
    type Response = http::Response<Body>;
    type Error = <TransportService as Service<http::Request<Body>>>::Error;
    type Future = <TransportService as Service<http::Request<Body>>>::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.1.poll_ready(cx)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        let Set(name, value) = self.0;
        request.headers_mut().insert(name, value.parse().unwrap());
        self.1.call(request)
    }
}

#[tokio::test]
async fn layers_see_each_attempt_in_the_order_given() {
    let server = Loopback::start(|seen| match seen.number {
        0 => response("503 Service Unavailable", &[], ""),
        _ => json("200 OK", r#"{"id":1,"name":"a"}"#),
    })
    .await;
    let count = Arc::new(AtomicU32::new(0));
    let builder = Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default());
    let builder = builder
        .layer(Stamp("outer", count.clone()))
        .layer(Stamp("inner", count.clone()));
    builder
        .build()
        .unwrap()
        .get_server("1")
        .send()
        .await
        .unwrap();
    assert_eq!(count.load(Ordering::Relaxed), 4);
    let seen = &server.seen()[1];
    let stamps: Vec<_> = seen
        .headers
        .iter()
        .filter(|(name, _)| name == "x-stamp")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(stamps, ["outer", "inner"]);
}
