//! Writing an operation's parameters and body the way its document asks for.

mod bodies;
mod error;
mod file_part;
mod flattened;
mod form;
mod multipart;
mod nested;
mod overrides;
mod parameters;
mod part;
mod parts;
mod path;
mod style;
mod target;

pub use self::error::RequestError;
pub use self::file_part::FilePart;
pub use self::multipart::Multipart;
pub(crate) use self::overrides::Overrides;
pub use self::parts::RequestParts;
pub(crate) use self::path::expand;
pub use self::style::{
    CookieStyle, DeepLists, FormField, HeaderStyle, PathStyle, QueryString, QueryStyle,
};
pub(crate) use self::target::{extend_query, join};
