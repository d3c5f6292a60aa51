//! Scalars: the Rust type of a JSON type and a format.

use crate::ir::{IntWidth, Reading, Type};
use crate::load::{Node, NumberValue};

use super::Lowering;
use super::merged::MergedSchema;
use super::schema::LoweredSchema;
use crate::specification::{Keyword, Kinds};

impl<'a> Lowering<'a> {
    /// A scalar by its JSON type and format.
    pub(super) fn scalar(&mut self, merged: &MergedSchema<'a>, kind: Kinds) -> LoweredSchema {
        let mut used = LoweredSchema::of(match kind {
            Kinds::BOOLEAN => Type::Bool,
            Kinds::INTEGER => Type::Int(self.int_width(merged)),
            Kinds::NUMBER if merged.flag(Keyword::WholeNumber) => Type::Int(self.int_width(merged)),
            Kinds::NUMBER => self.number(merged),
            _ => {
                self.unsupported_of_text(merged);
                self.string(merged)
            }
        });
        if kind == Kinds::NUMBER && matches!(used.ty, Type::Int(_)) {
            used.reading = Reading::WholeNumber;
        }
        let accepts = merged
            .first(Keyword::AcceptTypes)
            .map(Node::items)
            .unwrap_or_default();
        if matches!(used.ty, Type::Int(_))
            && accepts.iter().any(|kind| kind.as_str() == Some("string"))
        {
            used.reading = Reading::NumericString;
        }
        used.constraints = self.limits(merged, kind).into();
        used
    }

    fn string(&mut self, merged: &MergedSchema<'a>) -> Type {
        if merged.format == Some("password")
            || merged.flag(Keyword::Secret)
            || merged.flag(Keyword::WriteOnly)
        {
            return Type::Secret(Box::new(Type::String));
        }
        let format = merged.format.unwrap_or_default();
        if let Some(external) = self.externals.get(format) {
            return Type::External(external.clone());
        }
        if merged
            .first(Keyword::ContentEncoding)
            .and_then(Node::as_str)
            == Some("base64")
        {
            return Type::Base64;
        }
        match format {
            "uuid" => Type::Uuid,
            "date-time" => Type::DateTime,
            "date" => Type::Date,
            "byte" => Type::Base64,
            "ip" => Type::IpAddr,
            "ipv4" => Type::Ipv4Addr,
            "ipv6" => Type::Ipv6Addr,
            _ => Type::String,
        }
    }

    fn number(&self, merged: &MergedSchema<'a>) -> Type {
        let format = merged.format.unwrap_or_default();
        if let Some(external) = self.externals.get(format) {
            return Type::External(external.of_numbers());
        }
        // `float` too: frameworks write it for timestamps, which 32 bits don't hold, and 0.1 would be sent as
        // 0.10000000149011612.
        Type::Float
    }

    fn int_width(&self, merged: &MergedSchema<'a>) -> IntWidth {
        match merged.format.unwrap_or_default() {
            "int8" => IntWidth::I8,
            "int16" => IntWidth::I16,
            "int32" => IntWidth::I32,
            "uint8" => IntWidth::U8,
            "uint16" => IntWidth::U16,
            "uint32" => IntWidth::U32,
            "uint" | "uint64" | "unsigned64" => IntWidth::U64,
            _ => self.wide(merged),
        }
    }

    /// 64 bits; unsigned only where the limits reach beyond what signed ones hold.
    fn wide(&self, merged: &MergedSchema<'a>) -> IntWidth {
        let beyond = |node: &Node| {
            node.as_number().is_some_and(|number| match number.value {
                NumberValue::Int(value) => value > i128::from(i64::MAX),
                NumberValue::Float(value) => value > i64::MAX as f64,
            })
        };
        let mut greatest = merged.each(Keyword::Maximum).peekable();
        let shown = [Keyword::Default, Keyword::Example].map(|keyword| merged.first(keyword));
        let is_wide = greatest.peek().is_some() && greatest.all(beyond);
        if is_wide || shown.into_iter().flatten().any(beyond) {
            IntWidth::U64
        } else {
            IntWidth::I64
        }
    }
}
