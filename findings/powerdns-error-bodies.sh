#!/usr/bin/env bash
# PowerDNS Authoritative 4.7.3 (Debian's pdns-server 4.7.3-2): some errors are not the JSON `Error` that its document, which the
# server itself serves at /api/docs, has for all operations: 404 and 409 are plain text, 422 is JSON.
#
# A client that reads every documented error as JSON fails on the most frequent one.
#
# Output seen: "404 text/plain; charset=utf-8, 409 text/plain; charset=utf-8, 422 application/json"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq pdns-server=4.7.3-2 pdns-backend-sqlite3=4.7.3-2 libluajit-5.1-2 2> /dev/null
for package in *.deb; do dpkg -x "$package" root; done
python3 -c 'import sqlite3; sqlite3.connect("zones").executescript(open("root/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql").read())'
ports=$(python3 -c 'import socket; s = [socket.socket() for _ in "12"]; [t.bind(("127.0.0.1", 0)) for t in s]; print(*[t.getsockname()[1] for t in s])')
port=${ports% *}
LD_LIBRARY_PATH=root/usr/lib/x86_64-linux-gnu root/usr/sbin/pdns_server --no-config --daemon=no --guardian=no \
    --launch=gsqlite3 --gsqlite3-database="$folder/zones" --module-dir="$folder/root/usr/lib/x86_64-linux-gnu/pdns" \
    --api=yes --api-key=secret --webserver=yes --webserver-address=127.0.0.1 --webserver-port="$port" \
    --local-address=127.0.0.1 --local-port="${ports#* }" --socket-dir="$folder" --security-poll-suffix= > log 2>&1 &
server=$!
api=http://127.0.0.1:$port/api/v1/servers/localhost
for _ in $(seq 100); do curl -sf -H 'X-API-Key: secret' "$api" > /dev/null && break; sleep 0.1; done

call() { curl -s -o answer -w "%{http_code} %{content_type}" -H "X-API-Key: secret" -H "Content-Type: application/json" "$@"; }
call "$api/tsigkeys" -d '{"name": "k", "algorithm": "hmac-sha256"}' > /dev/null
missing=$(call "$api/zones/example.org.")
twice=$(call "$api/tsigkeys" -d '{"name": "k", "algorithm": "hmac-sha256"}')
wrong=$(call "$api/zones" -d '{"name": "no-dot-at-its-end", "kind": "Native", "nameservers": []}')
found="$missing, $twice, $wrong"
echo "$found"
[ "$found" = "404 text/plain; charset=utf-8, 409 text/plain; charset=utf-8, 422 application/json" ]
