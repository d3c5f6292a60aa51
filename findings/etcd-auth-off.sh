#!/usr/bin/env bash
# etcd 3.4.23 (Debian's etcd-server 3.4.23-4+b4), its JSON gateway: as long as authentication is off, a call with a token is
# refused and the same call without one is answered. The document in the same package requires the token of all calls,
# so that a client that keeps to it can call nothing.
#
# Output seen: "documented [{'ApiKey': []}]; without a token 200; with a token 401 etcdserver: invalid auth token"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq etcd-server=3.4.23-4+b4 2> /dev/null
dpkg -x etcd-server_*.deb root
document=root/usr/share/doc/etcd-server/dev-guide/apispec/swagger/rpc.swagger.json.gz
documented=$(gzip -dc "$document" | python3 -c 'import json, sys; print(json.load(sys.stdin)["security"])')
ports=$(python3 -c 'import socket; s = [socket.socket() for _ in "12"]; [t.bind(("127.0.0.1", 0)) for t in s]; print(*[t.getsockname()[1] for t in s])')
url=http://127.0.0.1:${ports% *}
peer=http://127.0.0.1:${ports#* }
root/usr/bin/etcd --data-dir data --listen-client-urls "$url" --advertise-client-urls "$url" --listen-peer-urls "$peer" \
    --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer" > log 2>&1 &
server=$!
for _ in $(seq 100); do curl -sf "$url/health" > /dev/null && break; sleep 0.1; done

call() { curl -s -o answer -w '%{http_code}' "$@" "$url/v3/kv/range" -d '{"key": "Zm9v"}'; }
without=$(call)
with=$(call -H 'Authorization: token')
found="documented $documented; without a token $without; with a token $with $(python3 -c 'import json; print(json.load(open("answer"))["message"])')"
echo "$found"
[ "$found" = "documented [{'ApiKey': []}]; without a token 200; with a token 401 etcdserver: invalid auth token" ]
