//! Options for who calls.

use std::sync::Arc;

use super::Builder;
use crate::client::access::{Attached, Signer};
use crate::client::body::{Body, BoxError};
use crate::client::cookies::Cookies;
use crate::client::core::Core;
use crate::client::credential::Credential;

impl<C: From<Core>> Builder<C> {
    /// Sends every call without a credential, also where the document asks for one: for servers that have their
    /// authentication switched off.
    pub fn anonymous(mut self) -> Self {
        self.access.anonymous = true;
        self
    }

    /// Adds a credential that is also sent with operations of which the document says nothing: all that go to the origin
    /// of the base URL.
    pub fn credential_for_all(self, credential: Credential) -> Self {
        self.credential_for("/**", credential)
    }

    /// Adds a credential that is also sent with operations of which the document says nothing, where their paths fit a
    /// pattern, as the document has them: `*` is any part of a segment, `**` any number of segments. Only to the origin
    /// of the base URL.
    pub fn credential_for(mut self, paths: impl Into<String>, credential: Credential) -> Self {
        self.access.attached.push(Attached {
            paths: paths.into(),
            scheme: credential.scheme(),
        });
        self.credentials.push(credential);
        self
    }

    /// Signs every request: the hook sees it at each attempt, complete, with its credentials, and may add headers. A
    /// body that is not in memory has no bytes to be signed.
    pub fn sign<S>(mut self, signer: S) -> Self
    where
        S: Fn(&mut http::Request<Body>) -> Result<(), BoxError> + Send + Sync + 'static,
    {
        self.access.signer = Some(Signer(Arc::new(signer)));
        self
    }

    /// Keeps the cookies that the server sets, and sends them with later requests to it, as a browser would: for servers
    /// whose sign-in sets a session. They are gone with the client.
    pub fn keep_cookies(mut self) -> Self {
        self.access.cookies = Some(Arc::new(Cookies::default()));
        self
    }

    /// The `User-Agent`, in place of the API's name and version.
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.agent = Some(agent.into());
        self
    }
}
