//! Proxies: those of the environment, or one that the caller names.

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use crate::client::builder::BuildError;

/// Whether requests go through a proxy.
#[derive(Default)]
pub(super) enum ProxyUse {
    #[default]
    AsEnvironmentSays,
    Never,
    Through(String),
}

impl ProxyUse {
    /// The proxy of each destination; none where there is no proxy at all.
    pub(super) fn matcher(self) -> Result<Option<Matcher>, BuildError> {
        match self {
            Self::AsEnvironmentSays => Ok(Some(Matcher::from_env())),
            Self::Never => Ok(None),
            Self::Through(url) => {
                let matcher = Matcher::builder().all(url.as_str()).build();
                // What it can't read it leaves out, and requests would go past the proxy.
                let probe = Uri::from_static("https://host.example");
                match matcher.intercept(&probe) {
                    Some(proxy) if is_known(proxy.uri()) => Ok(Some(matcher)),
                    _ => Err(BuildError::Transport(
                        "the URL of the proxy is not an http, https or socks5 URL".into(),
                    )),
                }
            }
        }
    }
}

fn is_known(proxy: &Uri) -> bool {
    matches!(
        proxy.scheme_str(),
        Some("http" | "https" | "socks5" | "socks5h")
    )
}
