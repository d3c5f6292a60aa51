#!/usr/bin/env bash
# CrowdSec's local API 1.4.6 (Debian's crowdsec 1.4.6-6~deb12u1+b1): `start_at` and `stop_at` of an alert are written as Go prints a time,
# "2026-01-02 03:04:05 +0000 UTC", and are read by RFC 3339 alone. Where they are not, the time of the call is kept in their
# place, with 201.
#
# An alert that is read from one server and written to another loses its times, and its decisions last from now.
#
# Output seen: "201, 201; 2026-01-02 03:04:05 +0000 UTC, now"
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
api=http://127.0.0.1:$port
for _ in $(seq 100); do curl -sf "$api/health" > /dev/null && break; sleep 0.1; done
token=$(curl -s -A app/1.0 "$api/v1/watchers/login" -d '{"machine_id": "watcher", "password": "secret"}' |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')
call() { curl -s -H "Authorization: Bearer $token" "$@"; }
member() { call "$api/v1/alerts/$1" | python3 -c 'import json, sys; print(json.load(sys.stdin)["start_at"])'; }
push() {
    call -o /dev/null -w '%{http_code}' "$api/v1/alerts" -d '[{"scenario": "test", "scenario_hash": "", "scenario_version": "", "message": "",
        "events_count": 1, "start_at": "'"$1"'", "stop_at": "'"$1"'", "capacity": 1, "leakspeed": "1s", "simulated": false, "events": [],
        "source": {"scope": "Ip", "value": "192.0.2.1"}}]'
}
first=$(push 2026-01-02T03:04:05Z)
read_back=$(member 1)
second=$(push "$read_back")
kept=$(member 2)
today=$(date -u +%Y-%m-%d)
found="$first, $second; $read_back, ${kept/#$today */now}"
echo "$found"
[ "$found" = "201, 201; 2026-01-02 03:04:05 +0000 UTC, now" ]
