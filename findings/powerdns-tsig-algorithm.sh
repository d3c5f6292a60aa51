#!/usr/bin/env bash
# PowerDNS Authoritative 4.7.3 (Debian's pdns-server 4.7.3-2, zones in SQLite): changing the algorithm of a TSIG key does not
# change the key. It makes a second one with the same name and id, the first stays, and GET gives the first. The document
# that the server itself serves says: "The TSIGKey at tsigkey_id can be changed in multiple ways: .. Changing the Algorithm".
#
# Output seen: "answered 200 hmac-sha512, held hmac-sha256, listed hmac-sha256 hmac-sha512"
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

call() { curl -s -H "X-API-Key: secret" "$@"; }
algorithms() { python3 -c 'import json, sys; found = json.load(sys.stdin); print(*[key["algorithm"] for key in (found if isinstance(found, list) else [found])])'; }
call "$api/tsigkeys" -d '{"name": "k", "algorithm": "hmac-sha256"}' > /dev/null
answer=$(call -w ' %{http_code}' -X PUT "$api/tsigkeys/k." -d '{"algorithm": "hmac-sha512"}')
answered="${answer##* } $(algorithms <<< "${answer% *}")"
found="answered $answered, held $(call "$api/tsigkeys/k." | algorithms), listed $(call "$api/tsigkeys" | algorithms)"
echo "$found"
[ "$found" = "answered 200 hmac-sha512, held hmac-sha256, listed hmac-sha256 hmac-sha512" ]
