//! The JSON pointers that documentation names: of types, operations and schemes, and of members that another document
//! than their type's describes.

use crate::ir::{Api, Origin, Pointers, Shape, TypeDef};
use crate::load::Documents;

/// Finds the pointers of all places that emission names.
pub(super) fn find(api: &Api, documents: &Documents) -> Pointers {
    let mut pointers = Pointers::default();
    let types = api.types.iter();
    let of_types = types.flat_map(|(_, def)| std::iter::once(def.origin).chain(foreign(def)));
    let operations = api.modules.iter().flat_map(|module| &module.operations);
    let of_operations = operations.map(|operation| operation.origin);
    let of_schemes = api.schemes.iter().map(|scheme| scheme.origin);
    let shapes = api.xml.shapes.iter().map(|def| def.origin);
    let of_xml = shapes.chain(api.xml.documents.iter().map(|def| def.origin));
    for origin in of_types
        .chain(of_operations)
        .chain(of_schemes)
        .chain(of_xml)
    {
        pointers.add(origin, |span| documents.pointer(span));
    }
    pointers
}

/// Where the members of a type are described if not in the document of the type.
fn foreign(def: &TypeDef) -> impl Iterator<Item = Origin> {
    let fields = match &def.shape {
        Shape::Struct(body) => body.fields.as_slice(),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) => &[],
    };
    let own = def.origin.span.document;
    let origins = fields.iter().map(|field| field.origin);
    origins.filter(move |origin| origin.span.document != own)
}
