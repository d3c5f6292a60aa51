//! The table of each kind of object.

use super::field::Field;
use super::object::Object;
use super::{bodies, document, extensions, operations, security, values};

impl Object {
    /// Its table, and the extensions of ours that it may have.
    pub(crate) fn tables(self) -> [&'static [Field]; 2] {
        let own: &[Field] = match self {
            Self::Root => document::ROOT,
            Self::Info => document::INFO,
            Self::Contact => document::CONTACT,
            Self::License => document::LICENSE,
            Self::Server => document::SERVER,
            Self::ServerVariable => document::SERVER_VARIABLE,
            Self::Components => document::COMPONENTS,
            Self::Tag => document::TAG,
            Self::ExternalDocs => document::EXTERNAL_DOCS,
            Self::Reference => document::REFERENCE,
            Self::PathItem => operations::PATH_ITEM,
            Self::Operation => operations::OPERATION,
            Self::Parameter => operations::PARAMETER,
            Self::Link => operations::LINK,
            Self::Items => operations::ITEMS,
            Self::RequestBody => bodies::REQUEST_BODY,
            Self::MediaType => bodies::MEDIA_TYPE,
            Self::Encoding => bodies::ENCODING,
            Self::Response => bodies::RESPONSE,
            Self::Example => bodies::EXAMPLE,
            Self::Header => bodies::HEADER,
            Self::Schema => values::schema(),
            Self::Discriminator => values::DISCRIMINATOR,
            Self::Xml => values::XML,
            Self::SecurityScheme => security::SECURITY_SCHEME,
            Self::OAuthFlows => security::OAUTH_FLOWS,
            Self::OAuthFlow => security::OAUTH_FLOW,
            Self::Paths | Self::Responses | Self::Callback | Self::SecurityRequirement => &[],
            Self::Page
            | Self::Source
            | Self::Deviation
            | Self::Accept
            | Self::AcceptVariable
            | Self::Pagination
            | Self::Polling
            | Self::SignIn
            | Self::OneOf => extensions::inner(self),
        };
        [own, extensions::of(self)]
    }
}
