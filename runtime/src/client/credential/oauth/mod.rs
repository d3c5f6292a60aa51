//! OAuth 2.0: grants, tokens as servers write them, and where tokens are kept.

mod client_credentials;
#[cfg(feature = "oauth")]
mod code;
#[cfg(feature = "oauth")]
mod device;
#[cfg(feature = "oauth")]
mod discovery;
mod error;
#[cfg(feature = "token-file")]
mod file;
mod flow;
mod form;
#[cfg(feature = "oauth")]
mod grants;
#[cfg(feature = "token-keyring")]
mod keyring;
#[cfg(feature = "loopback")]
mod loopback;
#[cfg(feature = "oauth")]
mod renewing;
#[cfg(feature = "oauth")]
mod store;
mod tokens;

pub use self::client_credentials::{ClientAuth, ClientCredentials};
#[cfg(feature = "oauth")]
pub use self::code::Authorization;
#[cfg(feature = "oauth")]
pub use self::device::DeviceAuthorization;
pub use self::error::OAuthError;
#[cfg(feature = "token-file")]
pub use self::file::TokenFile;
pub use self::flow::OAuthFlow;
#[cfg(feature = "oauth")]
pub use self::grants::OAuth;
#[cfg(feature = "token-keyring")]
pub use self::keyring::TokenKeyring;
#[cfg(feature = "loopback")]
pub use self::loopback::Loopback;
#[cfg(feature = "browser")]
pub use self::loopback::open_browser;
#[cfg(feature = "oauth")]
pub(super) use self::renewing::Renewing;
#[cfg(feature = "oauth")]
pub use self::store::{MemoryTokens, TokenStore};
pub use self::tokens::Tokens;
