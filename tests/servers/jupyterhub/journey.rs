//! JupyterHub: a sign-in by OAuth 2.0 with a code, users, groups, tokens, services and the servers of users.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::ExitCode;

use countersign_runtime::{ClientAuth, Credential, MemoryTokens, OAuth};
use door::{Door, Told, set, within};
use jupyterhub_client::{Client, model, security};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same, status};

/// A service's own token.
const ROBOT: &str = "0123456789abcdef0123456789abcdef";

/// The secret of the client of OAuth 2.0.
const APP: &str = "fedcba9876543210fedcba9876543210";

type Found<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    println!("version: 6.1.1, PyPI");
    let client = Client::builder()
        .base_url(journey.url())
        .credential(security::oauth2(ROBOT))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let mut door = Door::new(journey.url().trim_end_matches("/hub/api"));
    door.head = format!("Authorization: token {ROBOT}\r\n");
    general(&mut journey, &client, &door).await;
    sign_in(&mut journey, &client, &told).await;
    users(&mut journey, &client, &door).await;
    groups(&mut journey, &client, &door).await;
    tokens(&mut journey, &client, &door).await;
    servers(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

fn at(path: &str) -> String {
    format!("/hub/api{path}")
}

async fn general(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.get_api().anonymous().send().await?;
        equal(found.version.as_deref(), Some("6.1.1"))
    };
    journey.call("get-api, without a credential", outcome.await);
    let outcome = async {
        let found = client.get_info().send().await?;
        within(&*found, &door.get(&at("/info"))?)
    };
    journey.call("get-info", outcome.await);
    let outcome = async { refused(client.get_info().anonymous().send().await, 403).map(|_| ()) };
    journey.call("get-info, by a stranger", outcome.await);
    let outcome = async {
        let found = client.get_current_user().send().await?;
        within(&*found, &door.get(&at("/user"))?)
    };
    journey.call("get-current-user", outcome.await);
    let outcome = async {
        let error = client.get_services().send().await.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(help.contains("`read_as`"), true)?;
        let found = client
            .get_services()
            .read_as::<BTreeMap<String, model::Service>>()
            .await?;
        within(&*found, &door.get(&at("/services"))?)
    };
    set(
        "`get-services`: `read_as::<BTreeMap<String, Service>>()`, since a map by name is sent where the document has a list",
    );
    journey.call("get-services", outcome.await);
    let outcome = async {
        let found = client.get_service("app").send().await?;
        within(&*found, &door.get(&at("/services/app"))?)
    };
    journey.call("get-service", outcome.await);
    let outcome = async {
        let found = client.get_proxy().send().await?;
        same(&*found, door.get(&at("/proxy"))?)
    };
    journey.call("get-proxy", outcome.await);
}

/// A browser: it keeps cookies, and does not follow redirects.
struct Browser {
    address: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Sends a request, and gives the place that it is sent to next.
    fn ask(&mut self, method: &str, path: &str, form: &str) -> Found<Option<String>> {
        let mut stream = TcpStream::connect(&self.address)?;
        let cookies = self.cookies.iter();
        let cookies: Vec<_> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nCookie: {}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{form}",
            self.address,
            cookies.join("; "),
            form.len(),
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, _) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        let mut to = None;
        for line in head.lines() {
            match line.split_once(": ") {
                Some(("Set-Cookie", cookie)) => {
                    let cookie = cookie.split(';').next().unwrap_or_default();
                    let (name, value) = cookie.split_once('=').ok_or("no cookie")?;
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                Some(("Location", place)) => to = Some(place.to_owned()),
                _ => {}
            }
        }
        Ok(to)
    }

    /// Signs a user in, and opens the page that the client of OAuth 2.0 shows.
    fn sign_in(&mut self, user: &str, page: &str) -> Found<String> {
        self.ask("GET", "/hub/login", "")?;
        let token = self.cookies.get("_xsrf").cloned().unwrap_or_default();
        let token = token.replace('|', "%7C");
        let form = format!("username={user}&password=secret%20word&_xsrf={token}");
        self.ask("POST", &format!("/hub/login?_xsrf={token}"), &form)?;
        let host = format!("http://{}", self.address);
        let path = page.strip_prefix(&host).ok_or("another host")?;
        Ok(self.ask("GET", path, "")?.ok_or("no redirect")?)
    }
}

async fn sign_in(journey: &mut Journey, client: &Client, told: &Told) {
    let host = journey.url().trim_end_matches("/hub/api").to_owned();
    let browser = || Browser {
        address: host.trim_start_matches("http://").to_owned(),
        cookies: BTreeMap::new(),
    };
    let redirect = "http://127.0.0.1:9/callback";
    let oauth = OAuth::from_flow("service-app", security::OAUTH2_AUTHORIZATION_CODE)
        .secret(APP)
        .auth(ClientAuth::Form);
    let outcome = async {
        let basic = oauth.clone().auth(ClientAuth::Basic);
        let authorization = basic.authorize(client.as_ref(), redirect)?;
        let answer = browser().sign_in("ann", authorization.url())?;
        let error = authorization.finish(client.as_ref(), &answer).await;
        let error = error.err().ok_or("a success")?.to_string();
        equal(error.contains("invalid_client"), true)
    };
    let outcome = outcome.await;
    journey.call("a sign-in with a secret by Basic", outcome);
    set(
        "OAuth 2.0: `OAuth::auth(ClientAuth::Form)`, since the secret of a client is not taken by `Authorization: Basic` (findings/jupyterhub-client-secret.sh)",
    );
    set(
        "tokens of services and users go by the scheme `oauth2`: operations name that scheme alone",
    );
    let mut own = None;
    let outcome = async {
        let authorization = oauth.authorize(client.as_ref(), redirect)?;
        let answer = browser().sign_in("ann", authorization.url())?;
        let tokens = authorization.finish(client.as_ref(), &answer).await?;
        let credential =
            Credential::oauth(security::OAUTH2, oauth.clone(), MemoryTokens::new(tokens));
        let client = Client::builder()
            .base_url(journey.url())
            .credential(credential)
            .on_departure(told.hook())
            .build()?;
        let found = client.get_current_user().send().await?;
        own = Some(client);
        let found = countersign_runtime::wire::to_value(&*found)?;
        equal(found["name"].clone(), json!("ann"))
    };
    let outcome = outcome.await;
    journey.call("a sign-in with a code, get-current-user", outcome);
    let outcome = async {
        let own = own.as_ref().ok_or("no sign-in")?;
        let found = own.get_users().send().await?;
        equal(found.len(), 1)
    };
    journey.call("get-users, by who signed in", outcome.await);
    let outcome = async {
        let own = own.as_ref().ok_or("no sign-in")?;
        refused(own.get_proxy().send().await, 403).map(|_| ())
    };
    journey.call("get-proxy, without the scope", outcome.await);
    let outcome = async {
        let authorization = oauth.authorize(client.as_ref(), redirect)?;
        let answer = browser().sign_in("ann", authorization.url())?;
        let forged = answer.replace("state=", "state=x");
        equal(
            authorization
                .finish(client.as_ref(), &forged)
                .await
                .is_err(),
            true,
        )
    };
    journey.call("a sign-in with another state", outcome.await);
}

async fn users(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let made = client.post_user("bob").send().await?;
        status(made.status(), 201)?;
        equal(door.get(&at("/users/bob"))?["name"].clone(), json!("bob"))
    };
    journey.call("post-user", outcome.await);
    let outcome = async {
        let found = client.get_user("bob").send().await?;
        within(&*found, &door.get(&at("/users/bob"))?)
    };
    journey.call("get-user", outcome.await);
    let outcome = async { refused(client.post_user("bob").send().await, 409).map(|_| ()) };
    journey.call("post-user, twice", outcome.await);
    let outcome = async { refused(client.get_user("no body").send().await, 404).map(|_| ()) };
    journey.call("get-user, of none", outcome.await);
    let outcome = async {
        let body = json!({ "usernames": ["c one", "ü-two"], "admin": false });
        let made = client.post_users(of(body)?).send().await?;
        equal(made.len(), 2)?;
        equal(
            door.get(&at("/users/c%20one"))?["name"].clone(),
            json!("c one"),
        )
    };
    journey.call("post-users", outcome.await);
    let outcome = async {
        let found = client.get_users().limit(2.0).offset(1.0).send().await?;
        same(&*found, door.get(&at("/users?limit=2&offset=1"))?)
            .or_else(|_| within(&*found, &door.get(&at("/users?limit=2&offset=1"))?))?;
        equal(found.len(), 2)
    };
    journey.call("get-users, some", outcome.await);
    let outcome = async {
        let body = of::<model::PatchUserBody>(json!({ "name": "carl" }))?;
        client.patch_user("c one", body).send().await?;
        equal(door.get(&at("/users/carl"))?["name"].clone(), json!("carl"))
    };
    journey.call("patch-user", outcome.await);
    let outcome = async {
        let done = client.delete_user("ü-two").send().await?;
        status(done.status(), 204)?;
        equal(door.ask("GET", &at("/users/%C3%BC-two"), "")?.0, 404)
    };
    journey.call("delete-user", outcome.await);
    let outcome = async {
        let body =
            of::<model::PostUserActivityBody>(json!({ "last_activity": "2099-01-01T00:00:00Z" }))?;
        refused(client.post_user_activity("bob", body).send().await, 400).map(|_| ())
    };
    journey.call("post-user-activity, in the future", outcome.await);
}

async fn groups(journey: &mut Journey, client: &Client, door: &Door) {
    const NAME: &str = "g & h";
    let path = at("/groups/g%20%26%20h");
    let outcome = async {
        let made = client.post_group(NAME).send().await?;
        status(made.status(), 201)?;
        within(&*made, &door.get(&path)?)
    };
    journey.call("post-group", outcome.await);
    let outcome = async {
        let body = of::<model::PostGroupUsersBody>(json!({ "users": ["bob", "carl"] }))?;
        let found = client.post_group_users(NAME, body).send().await?;
        within(&*found, &door.get(&path)?)?;
        equal(door.get(&path)?["users"].clone(), json!(["bob", "carl"]))
    };
    journey.call("post-group-users", outcome.await);
    let outcome = async {
        let properties = json!({ "cpu": 2.5, "ü": ["x", null] });
        let body = of::<BTreeMap<String, Value>>(properties.clone())?;
        client.put_group_properties(NAME, body).send().await?;
        equal(door.get(&path)?["properties"].clone(), properties)
    };
    journey.call("put-group-properties", outcome.await);
    let outcome = async {
        let body = of::<model::DeleteGroupUsersBody>(json!({ "users": ["carl"] }))?;
        client.delete_group_users(NAME, body).send().await?;
        equal(door.get(&path)?["users"].clone(), json!(["bob"]))
    };
    journey.call("delete-group-users", outcome.await);
    let outcome = async {
        let found = client.get_groups().send().await?;
        within(&*found, &door.get(&at("/groups"))?)?;
        equal(found.len(), 1)
    };
    journey.call("get-groups", outcome.await);
    let outcome = async {
        let done = client.delete_group(NAME).send().await?;
        status(done.status(), 204)?;
        refused(client.get_group(NAME).send().await, 404).map(|_| ())
    };
    journey.call("delete-group, get-group of none", outcome.await);
}

async fn tokens(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let body = json!({ "note": "for \"tests\"", "expires_in": 3600, "scopes": ["read:users!user=bob"] });
        let body = of::<model::PostUserTokensBody>(body)?;
        let made = client.post_user_tokens("bob", body).send().await?;
        status(made.status(), 201)?;
        id = made.id.clone().ok_or("no id")?;
        let held = door.get(&at(&format!("/users/bob/tokens/{id}")))?;
        equal(held["note"].clone(), json!("for \"tests\""))
    };
    journey.call("post-user-tokens", outcome.await);
    let outcome = async {
        let found = client.get_user_token("bob", &*id).send().await?;
        within(&*found, &door.get(&at(&format!("/users/bob/tokens/{id}")))?)
    };
    journey.call("get-user-token", outcome.await);
    let outcome = async {
        let found = client.get_user_tokens("bob").send().await?;
        equal(found.api_tokens.as_ref().map(Vec::len), Some(1))
    };
    journey.call("get-user-tokens", outcome.await);
    let outcome = async {
        let done = client.delete_user_token("bob", &*id).send().await?;
        status(done.status(), 204)?;
        equal(
            door.get(&at("/users/bob/tokens"))?["api_tokens"].clone(),
            json!([]),
        )
    };
    journey.call("delete-user-token", outcome.await);
}

async fn servers(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let done = client.post_user_server("bob", None).send().await?;
        status(done.status(), 201)?;
        equal(
            door.get(&at("/users/bob"))?["server"].clone(),
            json!("/user/bob/"),
        )
    };
    journey.call("post-user-server", outcome.await);
    let outcome = async {
        let found = client.get_user("bob").send().await?;
        within(&*found, &door.get(&at("/users/bob"))?)
    };
    journey.call("get-user, with a server", outcome.await);
    let outcome =
        async { refused(client.post_user_server("bob", None).send().await, 400).map(|_| ()) };
    journey.call("post-user-server, twice", outcome.await);
    let outcome = async {
        let done = client.delete_user_server("bob").send().await?;
        status(done.status(), 204)?;
        equal(door.get(&at("/users/bob"))?["server"].clone(), Value::Null)
    };
    journey.call("delete-user-server", outcome.await);
    let outcome = async {
        let done = client
            .post_user_server_name("bob", "second-one", None)
            .send()
            .await?;
        status(done.status(), 201)?;
        let servers = door.get(&at("/users/bob"))?["servers"].clone();
        equal(servers["second-one"]["ready"].clone(), json!(true))
    };
    journey.call("post-user-server-name", outcome.await);
    let outcome = async {
        let found = client
            .get_user_server_name("bob", "second-one")
            .send()
            .await?;
        within(&*found, &door.get(&at("/users/bob/servers/second-one"))?)
    };
    journey.call("get-user-server-name", outcome.await);
    let outcome = async {
        let body = of::<model::DeleteUserServerNameBody>(json!({ "remove": true }))?;
        let done = client
            .delete_user_server_name("bob", "second-one")
            .body(body)
            .send()
            .await?;
        status(done.status(), 204)?;
        equal(door.get(&at("/users/bob"))?["servers"].clone(), json!({}))
    };
    journey.call("delete-user-server-name", outcome.await);
    let outcome = async {
        let found = client.get_shares_owner("bob").send().await?;
        equal(found.items.as_ref().map_or(0, Vec::len), 0)
    };
    journey.call("get-shares-owner", outcome.await);
}
