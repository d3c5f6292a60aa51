//! Whether a text means the same after it was laid out: for tests, and for the fuzzer.

use proc_macro2::TokenStream;

use super::{Page, Trees, items};

/// Whether a text is Rust that can be compared.
///
/// # Panics
/// If it means something else once it is laid out.
pub(crate) fn is_kept(text: &str) -> bool {
    // Documentation of several lines becomes several comments, which is another program to syn.
    let Ok(tokens) = text.parse::<TokenStream>() else {
        return false;
    };
    if text.contains("doc") || text.contains("/*") {
        return false;
    }
    let Ok(before) = syn::parse_file(text) else {
        return false;
    };
    let mut page = Page::default();
    items(&Trees::default().of(tokens), &mut None, &mut page);
    let laid_out = page.finish();
    let after = syn::parse_file(&laid_out);
    let after = after.unwrap_or_else(|error| panic!("{error}:\n{laid_out}"));
    let [before, after] = [before, after].map(|file| prettyplease::unparse(&file));
    assert_eq!(before, after, "{laid_out}");
    true
}

#[cfg(test)]
mod tests {
    use super::is_kept;

    #[test]
    fn what_is_laid_out_means_the_same() {
        for text in [
            "use a::{b, c::*};\n/// A.\npub struct D<'a, T: E<F>>(pub(crate) &'a [T; 2]);",
            "#[derive(A, B)]\n#[serde(rename = \"c\")]\npub enum D { E { f: u8 }, G(H), I = -1 }",
            "impl<'de> A<'de> for B where C: D { const E: u8 = 1 << 2; type F = fn(u8) -> !; }",
            "fn a() -> b::C<D> { let e = &mut f?; e.g::<H>(|i| -i, move |j, k| j..=k).l()?; m! { n } }",
            "fn a() { match b { C { d, .. } if d > 1 => {} E(f @ 1..=2) | F => g, _ => return, } }",
            "fn a() { if let Some(b) = c && !d { *e += 1; } else if f { loop { break 'g; } } }",
            "async fn a() { for (b, c) in d.e { b.0.1.await; f[g as usize] = 'h'; } }",
            "fn a(first: impl Into<String>, second: BTreeMap<String, Vec<u8>>, third: Option<u64>, fourth: &dyn Fn(u8) -> bool) {}",
            "static A: B = B::new(r#\"c\"#, b\"d\", 1.5e3, 0x1F_u8).e(&[F { g: 1, ..H }, I(J)]);",
            "trait A: B + 'static { fn c(&self) where Self: Sized; } macro_rules! d { ($e:expr) => { $e }; }",
            "mod a { #![allow(b)] pub(in crate::c) use d as _; extern crate e; }",
            "pub struct A(pub (B,), pub (Box<C>,), (D,)); fn e() -> (F,) { let (g,) = h; return (i,); }",
            "fn a() { for (b,) in c { match (d,) { (e,) if f => break (g,), _ => (h as (I,),) } } }",
            "fn a() { let B { c, d: E(f, ..) } = g else { return Err(h) }; unsafe_free(<I as J>::K); }",
        ] {
            assert!(is_kept(text), "{text}");
        }
    }
}
