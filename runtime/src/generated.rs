//! The agreement of generated code with this crate.

/// Nothing, for code that was generated for this crate as it is; else an error that says what to do.
///
/// Raise the number, and the generator's `REVISION`, when older generated code no longer compiles with this crate, or
/// means something else.
///
/// ```
/// const _: () = countersign_runtime::generated!(6, "cargo xtask gen");
/// ```
///
/// ```compile_fail
/// const _: () = countersign_runtime::generated!(0, "cargo xtask gen");
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! generated {
    (6, $command:literal) => {
        ()
    };
    ($other:literal, $command:literal) => {
        ::core::compile_error!(::core::concat!(
            "this crate was generated for another version of countersign-runtime: run `",
            $command,
            "` with the version of Countersign that this countersign-runtime goes with"
        ))
    };
}
