//! Content codings that the transport left in place: `x-gzip`, `deflate`, or any of a transport that undoes none.

use std::io::Read;

use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

use crate::client::error::{TransportError, TransportErrorKind};

/// Undoes the coding of a body, and takes the header away that names it. One that is not known stays.
pub(crate) fn decoded(
    headers: &mut HeaderMap,
    body: Bytes,
    limit: usize,
) -> Result<Bytes, TransportError> {
    let coding = headers.get(CONTENT_ENCODING);
    let coding = coding.and_then(|coding| coding.to_str().ok());
    let Some(coding) = coding.map(|coding| coding.trim().to_ascii_lowercase()) else {
        return Ok(body);
    };
    let read = match coding.as_str() {
        _ if body.is_empty() => Ok(body),
        "gzip" | "x-gzip" => bounded(MultiGzDecoder::new(&*body), limit),
        // Meant is zlib's format, but some servers send the bare one.
        "deflate" => bounded(ZlibDecoder::new(&*body), limit).or_else(|error| match error.kind() {
            TransportErrorKind::BodyLimit => Err(error),
            _ => bounded(DeflateDecoder::new(&*body), limit),
        }),
        "identity" => Ok(body),
        _ => return Ok(body),
    }?;
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    Ok(read)
}

fn bounded(reader: impl Read, limit: usize) -> Result<Bytes, TransportError> {
    let mut read = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader
        .take(most)
        .read_to_end(&mut read)
        .map_err(|error| TransportError::new(TransportErrorKind::Encoding, error))?;
    match read.len() > limit {
        true => Err(TransportErrorKind::BodyLimit.into()),
        false => Ok(read.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use http::HeaderValue;

    use super::*;

    fn through(
        coding: &'static str,
        body: Vec<u8>,
        limit: usize,
    ) -> Result<Bytes, TransportErrorKind> {
        let mut headers =
            HeaderMap::from_iter([(CONTENT_ENCODING, HeaderValue::from_static(coding))]);
        decoded(&mut headers, body.into(), limit).map_err(|error| error.kind())
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_coding_is_undone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"text").unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(b"text").unwrap();
        for (coding, body) in [
            ("gzip", gzip(b"text")),
            ("X-GZip", gzip(b"text")),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", bare.finish().unwrap()),
            ("identity", b"text".to_vec()),
            ("unheard-of", b"text".to_vec()),
        ] {
            assert_eq!(through(coding, body, 100).unwrap(), "text", "{coding}");
        }
    }

    #[test]
    fn what_is_broken_or_large_is_an_error() {
        assert_eq!(
            through("x-gzip", b"text".to_vec(), 100),
            Err(TransportErrorKind::Encoding)
        );
        assert_eq!(
            through("gzip", gzip(&[0; 1000]), 999),
            Err(TransportErrorKind::BodyLimit)
        );
    }
}
