//! The settings of a builder, checked and put together.

use std::sync::Arc;

use http::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Semaphore;
use url::Url;

use super::{Base, BuildError, Builder};
use crate::client::access::Guarded;
use crate::client::base_url::{self, BaseUrlError};
use crate::client::core::{Certificate, Core, Inner};
use crate::client::departures::Rereading;
use crate::client::operation::ServerSpec;
use crate::client::retry::Budget;
use crate::client::transport::Transport;

impl<C> Builder<C> {
    pub(super) fn core(mut self) -> Result<Core, BuildError> {
        let timeouts = self.timeouts.settle().map_err(BuildError::Timeouts)?;
        if [self.body_limit, self.error_body_limit, self.item_limit].contains(&0) {
            return Err(BuildError::BodyLimit);
        }
        let base = self.base().map_err(BuildError::BaseUrl)?;
        let mut headers = self.headers()?;
        headers.insert(ACCEPT, self.accept()?);
        let (bottom, certificate) = match self.transport.take() {
            Some(transport) => (transport, Certificate::Given),
            None => self.connect(timeouts.connect, base.as_ref())?,
        };
        // A layer may add what an operation needs: whether it did is seen below it.
        self.access.layered = !self.layers.is_empty();
        let bottom = match self.access.layered {
            true => Arc::new(Guarded(bottom)),
            false => bottom,
        };
        let transport = self
            .layers
            .into_iter()
            .rev()
            .fold(bottom, |inner, wrap| wrap(inner));
        Ok(Core::new(Inner {
            api: self.api,
            base,
            servers: self.servers,
            redirects: self.redirects,
            variables: self.variables,
            plain: self.plain,
            transport,
            credentials: self.credentials,
            access: self.access,
            certificate,
            headers,
            deep_lists: self.deep_lists,
            slashed: self.slashed,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            timeouts,
            body_limit: self.body_limit,
            error_body_limit: self.error_body_limit,
            item_limit: self.item_limit,
            sentinel: self.sentinel,
            turns: self.most_at_once.map(Semaphore::new),
            clock: self.clock,
            rereading: Rereading::new(self.api, self.reading),
            observers: self.observers,
        }))
    }

    #[cfg(feature = "hyper")]
    fn connect(
        &mut self,
        limit: std::time::Duration,
        base: Option<&Url>,
    ) -> Result<(Arc<dyn Transport>, Certificate), BuildError> {
        let connection = std::mem::take(&mut self.connection);
        let certificate = connection.certificate();
        Ok((connection.open(limit, base)?, certificate))
    }

    #[cfg(not(feature = "hyper"))]
    fn connect(
        &mut self,
        _: std::time::Duration,
        _: Option<&Url>,
    ) -> Result<(Arc<dyn Transport>, Certificate), BuildError> {
        Err(BuildError::NoTransport)
    }

    fn base(&self) -> Result<Option<Url>, BaseUrlError> {
        let index = match &self.base {
            Base::Url(text) => return base_url::parse(text, self.plain).map(Some),
            Base::Server(index) => *index,
        };
        match self.api.servers.get(index) {
            // A document's server may be relative to where the document is, which nobody knows here.
            Some(ServerSpec { url, .. }) if !url.contains("://") && index == 0 => Ok(None),
            Some(server) => {
                base_url::of_server(server, &self.variables, None, self.plain).map(Some)
            }
            None if index == 0 => Ok(None),
            None => Err(BaseUrlError::Unknown(format!("server {index}"))),
        }
    }

    fn accept(&self) -> Result<HeaderValue, BuildError> {
        let variables = self.api.accept.map_or(&[][..], |accept| accept.variables);
        if let Some(unknown) = self
            .accept
            .keys()
            .find(|name| variables.iter().all(|known| known.name != **name))
        {
            return Err(BuildError::Accept(BaseUrlError::Unknown(unknown.clone())));
        }
        let media = self
            .api
            .accept
            .map_or("application/json, */*;q=0.1", |accept| accept.media_type);
        let media = base_url::fill(media, variables, &self.accept, base_url::is_token)
            .map_err(BuildError::Accept)?;
        HeaderValue::from_str(&media).map_err(|_| BuildError::Header("accept".to_owned()))
    }

    fn headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        let agent = self.agent.clone().unwrap_or_else(|| {
            let version = Some(product(self.api.version)).filter(|version| !version.is_empty());
            let name = product(self.api.name);
            version.map_or_else(|| name.clone(), |version| format!("{name}/{version}"))
        });
        let agent = [("user-agent".to_owned(), agent)];
        for (name, value) in agent.iter().chain(&self.headers) {
            let refused = || BuildError::Header(name.clone());
            let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
            headers.insert(key, HeaderValue::from_str(value).map_err(|_| refused())?);
        }
        Ok(headers)
    }
}

/// A name or a version as `User-Agent` can have it.
fn product(text: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || letter == '.' {
            letter
        } else {
            '-'
        }
    };
    text.chars().map(plain).collect()
}
