#!/usr/bin/env bash
# CrowdSec's local API 1.4.6 (Debian's crowdsec 1.4.6-6~deb12u1+b1): a watcher signs in with a user agent of exactly one slash. With
# any other, such as `curl/7.88.1 (x86_64/linux)`, the right password is answered with "incorrect Username or Password".
#
# A client whose user agent has a comment, two products or no version can't sign in, and is told that its password is wrong.
#
# Output seen: "app/1.0: 200, app: 401 incorrect Username or Password, app/1.0 lib/2.0: 401 incorrect Username or Password"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq crowdsec=1.4.6-6~deb12u1+b1 2> /dev/null
dpkg -x crowdsec_*.deb root
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir hub plugins
cp root/etc/crowdsec/profiles.yaml .
cat > config.yaml << END
common: {daemonize: false, log_media: stdout, working_dir: "$folder"}
config_paths: {config_dir: "$folder", data_dir: "$folder", hub_dir: "$folder/hub", index_path: "$folder/hub/.index.json",
    notification_dir: "$folder", plugin_dir: "$folder/plugins"}
db_config: {type: sqlite, db_path: "$folder/crowdsec.db", use_wal: true}
api: {server: {listen_uri: "127.0.0.1:$port", profiles_path: "$folder/profiles.yaml", console_path: "$folder/console.yaml"}}
prometheus: {enabled: false}
END
root/usr/bin/cscli -c config.yaml machines add watcher --password secret --force --file watcher.yaml > log 2>&1
root/usr/bin/crowdsec -c config.yaml -no-cs > log 2>&1 &
server=$!
for _ in $(seq 100); do curl -sf "http://127.0.0.1:$port/health" > /dev/null && break; sleep 0.1; done

login() {
    curl -s -A "$1" "http://127.0.0.1:$port/v1/watchers/login" -d '{"machine_id": "watcher", "password": "secret"}' |
        python3 -c 'import json, sys; said = json.load(sys.stdin); print(said["code"], said.get("message", ""))' | sed 's/ *$//'
}
found="app/1.0: $(login app/1.0), app: $(login app), app/1.0 lib/2.0: $(login 'app/1.0 lib/2.0')"
echo "$found"
[ "$found" = "app/1.0: 200, app: 401 incorrect Username or Password, app/1.0 lib/2.0: 401 incorrect Username or Password" ]
