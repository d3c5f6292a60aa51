//! Names that generated code takes from `std`, `serde` and the runtime.
//!
//! A name is written short and imported at the head of the file, unless a type of the API has the same name: then it
//! is written out in full everywhere in that crate.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

macro_rules! known {
    ($($name:ident $origin:ident $path:literal;)*) => {
        /// A name from outside.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(super) enum Known { $($name,)* }

        impl Known {
            /// Every one.
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The path, without a leading `::`.
            pub(super) const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }

            /// Where it comes from.
            pub(super) const fn origin(self) -> Origin {
                match self { $(Self::$name => Origin::$origin,)* }
            }
        }
    };
}

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The prelude: no import.
    Prelude,
    /// `std`, beyond the prelude.
    Std,
    /// Another crate.
    Crate,
    /// The root of this crate.
    Local,
}

known! {
    Box Prelude "std::boxed::Box";
    Default Prelude "std::default::Default";
    Err Prelude "std::result::Result::Err";
    From Prelude "std::convert::From";
    Into Prelude "std::convert::Into";
    None Prelude "std::option::Option::None";
    Ok Prelude "std::result::Result::Ok";
    Option Prelude "std::option::Option";
    Result Prelude "std::result::Result";
    Some Prelude "std::option::Option::Some";
    String Prelude "std::string::String";
    Vec Prelude "std::vec::Vec";

    BTreeMap Std "std::collections::BTreeMap";
    Infallible Std "std::convert::Infallible";
    IpAddr Std "std::net::IpAddr";
    Ipv4Addr Std "std::net::Ipv4Addr";
    Ipv6Addr Std "std::net::Ipv6Addr";

    Deserialize Crate "countersign_runtime::Deserialize";
    Deserializer Crate "serde::Deserializer";
    Serialize Crate "countersign_runtime::Serialize";
    Serializer Crate "serde::Serializer";
    Uuid Crate "uuid::Uuid";
    Value Crate "serde_json::Value";

    AcceptSpec Crate "countersign_runtime::AcceptSpec";
    Accept Crate "countersign_runtime::Accept";
    Answer Crate "countersign_runtime::inbound::Answer";
    AsNumber Crate "countersign_runtime::AsNumber";
    AsStream Crate "countersign_runtime::AsStream";
    AsText Crate "countersign_runtime::AsText";
    AnyError Crate "countersign_runtime::AnyError";
    ApiSpec Crate "countersign_runtime::ApiSpec";
    Base64 Crate "countersign_runtime::Base64";
    Body Crate "countersign_runtime::Body";
    Builder Crate "countersign_runtime::Builder";
    Check Crate "countersign_runtime::Check";
    ClientCredentials Crate "countersign_runtime::ClientCredentials";
    CookieStyle Crate "countersign_runtime::CookieStyle";
    Core Crate "countersign_runtime::Core";
    Credential Crate "countersign_runtime::Credential";
    Date Crate "countersign_runtime::Date";
    DateTime Crate "countersign_runtime::DateTime";
    Decoded Crate "countersign_runtime::Decoded";
    Event Crate "countersign_runtime::Event";
    EventSpec Crate "countersign_runtime::inbound::EventSpec";
    Events Crate "countersign_runtime::inbound::Events";
    EventData Crate "countersign_runtime::EventData";
    Faked Crate "countersign_fake::Faked";
    FilePart Crate "countersign_runtime::FilePart";
    FormField Crate "countersign_runtime::FormField";
    Framing Crate "countersign_runtime::Framing";
    Header Crate "countersign_runtime::header";
    HeaderError Crate "countersign_runtime::HeaderError";
    HeaderMap Crate "countersign_runtime::HeaderMap";
    HeaderStyle Crate "countersign_runtime::HeaderStyle";
    IntoBody Crate "countersign_runtime::IntoBody";
    Inbound Crate "countersign_runtime::inbound::Inbound";
    IntegerEnum Crate "countersign_runtime::IntegerEnum";
    IntoNullable Crate "countersign_runtime::IntoNullable";
    ItemStream Crate "countersign_runtime::ItemStream";
    Link Crate "countersign_runtime::link";
    Limits Crate "countersign_runtime::Limits";
    OAuthFlow Crate "countersign_runtime::OAuthFlow";
    ListSpec Crate "countersign_runtime::ListSpec";
    Mark Crate "countersign_runtime::inbound::Mark";
    MemberReading Crate "countersign_runtime::MemberReading";
    Members Crate "countersign_runtime::validate::Members";
    Method Crate "countersign_runtime::Method";
    Multipart Crate "countersign_runtime::Multipart";
    Operation Crate "countersign_runtime::Operation";
    OperationSpec Crate "countersign_runtime::OperationSpec";
    Paginated Crate "countersign_runtime::Paginated";
    PollSpec Crate "countersign_runtime::PollSpec";
    Polled Crate "countersign_runtime::Polled";
    PathStyle Crate "countersign_runtime::PathStyle";
    Pattern Crate "countersign_runtime::Pattern";
    Position Crate "countersign_runtime::Position";
    Presence Crate "countersign_runtime::Presence";
    QueryString Crate "countersign_runtime::QueryString";
    QueryStyle Crate "countersign_runtime::QueryStyle";
    Reading Crate "countersign_runtime::Reading";
    Idempotency Crate "countersign_runtime::Idempotency";
    Receive Crate "countersign_runtime::inbound::Receive";
    Reply Crate "countersign_runtime::Reply";
    RequestError Crate "countersign_runtime::RequestError";
    RequestParts Crate "countersign_runtime::RequestParts";
    Response Crate "countersign_runtime::Response";
    Route Crate "countersign_fake::Route";
    Scalar Crate "countersign_runtime::Scalar";
    Scheme Crate "countersign_runtime::Scheme";
    Secret Crate "countersign_runtime::Secret";
    Served Crate "countersign_fake::Served";
    ServedStream Crate "countersign_fake::ServedStream";
    ServerSpec Crate "countersign_runtime::ServerSpec";
    Shape Crate "countersign_runtime::union::Shape";
    Status Crate "countersign_runtime::Status";
    Statuses Crate "countersign_runtime::Statuses";
    Streamed Crate "countersign_runtime::Streamed";
    StringEnum Crate "countersign_runtime::StringEnum";
    Summary Crate "countersign_runtime::Summary";
    Token Crate "countersign_runtime::Token";
    Undecoded Crate "countersign_runtime::Undecoded";
    Union Crate "countersign_runtime::union";
    Unknown Crate "countersign_runtime::Unknown";
    XmlForm Crate "countersign_runtime::xml::Form";
    XmlMember Crate "countersign_runtime::xml::Member";
    XmlNode Crate "countersign_runtime::xml::Node";
    XmlScalars Crate "countersign_runtime::xml::Scalars";
    XmlShape Crate "countersign_runtime::xml::Shape";
    UnknownEvent Crate "countersign_runtime::inbound::UnknownEvent";
    Validate Crate "countersign_runtime::Validate";
    ValueEnum Crate "countersign_runtime::ValueEnum";
    Variable Crate "countersign_runtime::Variable";

    Call Local "crate::Call";
    Client Local "crate::Client";
    Security Local "crate::security";
    Servers Local "crate::servers";
    Xml Local "crate::xml";
}

impl Known {
    /// The segments of its path, where the root of the client is at `root`.
    pub(super) fn path_below(self, root: &str) -> impl Iterator<Item = &str> {
        let path = self.path();
        let (root, path) = match path.strip_prefix("crate::") {
            Some(path) => (root, path),
            None => ("", path),
        };
        let root = root.split("::").filter(|segment| !segment.is_empty());
        root.chain(path.split("::"))
    }

    /// The last name of its path: what it is called once it is imported.
    pub(super) fn short(self) -> &'static str {
        let path = self.path();
        // One character is found faster than two.
        path.rsplit_once(':').map_or(path, |(_, short)| short)
    }
}

/// A known name as a file writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct PathTokens<'a> {
    pub(super) name: Known,
    pub(super) form: PathForm,
    /// The root of the client.
    pub(super) root: &'a str,
}

/// The form of an external name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathForm {
    /// By its last name.
    Short,
    /// By its whole path.
    Full,
}

impl ToTokens for PathTokens<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self.form {
            PathForm::Short => tokens.append(Ident::new(self.name.short(), Span::call_site())),
            PathForm::Full => {
                let path = self.name.path_below(self.root);
                for (at, segment) in path.enumerate() {
                    if at > 0 || self.name.origin() != Origin::Local {
                        tokens.append(Punct::new(':', Spacing::Joint));
                        tokens.append(Punct::new(':', Spacing::Alone));
                    }
                    tokens.append(Ident::new(segment, Span::call_site()));
                }
            }
        }
    }
}
