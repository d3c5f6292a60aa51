//! The cost of a run, and its limits.

use std::io;

/// The resources used so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// Seconds of all cores, in user and in system mode.
    pub(crate) cpu_seconds: f64,
    /// The most memory that was in use at any moment, in MiB.
    pub(crate) peak_mib: f64,
}

/// The resources that this run has used so far; zeros where the system does not say.
#[cfg(unix)]
pub(crate) fn usage() -> Usage {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) else {
        return Usage::default();
    };
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // Kibibytes, but bytes on Apple's systems.
    let unit = if cfg!(target_vendor = "apple") {
        1024.0 * 1024.0
    } else {
        1024.0
    };
    Usage {
        cpu_seconds: micros as f64 / 1e6,
        peak_mib: usage.max_rss() as f64 / unit,
    }
}

/// The resources that this run has used so far; zeros where the system does not say.
#[cfg(not(unix))]
pub(crate) fn usage() -> Usage {
    Usage::default()
}

/// Lets this run have at most `mib` MiB of memory; more makes it stop.
#[cfg(target_os = "linux")]
pub(crate) fn limit_memory(mib: u64) -> io::Result<()> {
    use nix::sys::resource::{Resource, setrlimit};

    let bytes = mib.saturating_mul(1 << 20);
    setrlimit(Resource::RLIMIT_AS, bytes, bytes).map_err(io::Error::from)
}

/// Lets this run have at most `mib` MiB of memory, where the system can see to it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn limit_memory(_mib: u64) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

#[cfg(all(test, unix))]
mod tests {
    #[test]
    fn memory_is_measured() {
        let used = super::usage();
        assert!(used.peak_mib > 0.5 && used.peak_mib < 4096.0, "{used:?}");
    }
}
