//! The program and the demo's servers with Prism between them, which checks each request and each answer against the
//! document. `cargo xtask conformance` runs this.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::demo::Demo;
use crate::program::{Program, provider};

/// The variable with the base URL of a product, and the folder of its document.
const PRODUCTS: [(&str, &str); 3] = [
    ("APPGATE_URL", "appgate-sdp"),
    ("RAS_URL", "parallels-ras"),
    ("STRATA_URL", "strata-cloud-manager"),
];

/// A proxy that answers with an error where a request or its answer is not as the document says.
struct Proxy {
    port: u16,
    log: PathBuf,
    _child: Child,
}

impl Proxy {
    fn start(api: &str, upstream: &str, folder: &Path) -> Self {
        let prism = std::env::var("PRISM").expect("run by `cargo xtask conformance`");
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a bound socket").port();
        drop(listener);
        let log = folder.join(api);
        let file = File::create(&log).expect("a log");
        let child = Command::new("node")
            .args([&prism, "proxy", "--errors", "--host", "127.0.0.1", "--port"])
            .arg(port.to_string())
            .arg(spec.join(api).join("openapi.yaml"))
            .arg(upstream)
            .stdin(Stdio::null())
            .stderr(file.try_clone().expect("a log"))
            .stdout(file)
            .kill_on_drop(true)
            .spawn()
            .expect("Node");
        Self {
            port,
            log,
            _child: child,
        }
    }

    async fn listens(&self) {
        let tried = async {
            while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                sleep(Duration::from_millis(100)).await;
            }
        };
        let listens = timeout(Duration::from_secs(90), tried).await;
        assert!(listens.is_ok(), "Prism does not listen: {}", self.said());
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).expect("a log")
    }

    /// The number of requests that went through.
    fn finish(self) -> usize {
        let said = self.said();
        assert!(!said.contains("Violation"), "{said}");
        said.matches("Received forward response").count()
    }
}

fn start(demo: &Demo, folder: &TempDir) -> Vec<(&'static str, Proxy)> {
    let upstream = |name: &str| {
        let variables = demo.environment().iter();
        let mut found = variables.filter(|(known, _)| *known == name);
        found.next().expect("a URL").1.clone()
    };
    PRODUCTS
        .map(|(name, api)| (name, Proxy::start(api, &upstream(name), folder.path())))
        .into()
}

/// What the products can do beyond creating and listing.
fn journey() -> Vec<Vec<String>> {
    let ras = "criteria ras 1 --add os=linux --add device=LAPTOP-0042 --add gateway=192.0.2.10 \
               --add hardware-id=0a1b --access deny --users off --remove user=EXAMPLE\\Staff";
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    let mut all: Vec<Vec<String>> = [
        "show ras 2",
        "criteria ras 1",
        ras,
        "apply ras",
        "apply strata --folder All --account admin@example.com",
        "delete ras 2",
    ]
    .map(words)
    .into();
    for (product, name) in [
        ("appgate", "Branch office RADIUS"),
        ("strata", "Branch office Duo"),
    ] {
        let file = provider(product);
        all.push(vec!["show".into(), product.into(), name.into()]);
        all.push(vec!["update".into(), name.into(), file]);
        all.push(vec!["delete".into(), product.into(), name.into()]);
    }
    all.extend(["appgate", "ras"].map(|product| vec!["test".into(), provider(product)]));
    all
}

#[tokio::test]
#[ignore = "needs Prism: cargo xtask conformance"]
async fn accepts_all_that_the_program_sends() {
    let demo = Demo::start().await.expect("ports");
    let folder = tempfile::tempdir().expect("a folder");
    let proxies = start(&demo, &folder);
    for (_, proxy) in &proxies {
        proxy.listens().await;
    }
    let through = || {
        let program = Program::new(&demo).secrets();
        proxies.iter().fold(program, |program, (name, proxy)| {
            program.with(name, &format!("http://127.0.0.1:{}", proxy.port))
        })
    };
    for product in ["appgate", "ras", "strata"] {
        let created = through().run(&["create", &provider(product)]).await;
        assert_eq!(created.status, Some(0), "{created}");
    }
    for arguments in journey() {
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let done = through().run(&arguments).await;
        assert_eq!(done.status, Some(0), "{arguments:?}: {done}");
    }
    let listed = through().run(&["list"]).await;
    let direct = Program::new(&demo).run(&["list"]).await;
    assert_eq!(listed.to_string(), direct.to_string());
    for (name, proxy) in proxies {
        let requests = proxy.finish();
        println!("mfa-audit: {name}: {requests} requests and answers, all as documented");
        assert!(requests > 0, "nothing went through Prism");
    }
}
