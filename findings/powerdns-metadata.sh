#!/usr/bin/env bash
# PowerDNS Authoritative 4.7.3 (Debian's pdns-server 4.7.3-2): creating metadata is answered with 201 and the metadata, where the
# document that the server itself serves at /api/docs has 204 without content; removing it with 200 and an empty body of
# the type text/html, where the one of a zone is answered with 204.
#
# Output seen: "POST documented 204, answered 201 application/json; DELETE of metadata 200 text/html; charset=utf-8, of the zone 204 "
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
call "$api/zones" -d '{"name": "example.org.", "kind": "Native", "nameservers": []}' > /dev/null
curl -s -H "X-API-Key: secret" "http://127.0.0.1:$port/api/docs" > document
documented=$(awk "/operationId: createMetadata/{found = 1} found && /^ +.[0-9]+.:/{gsub(/[^0-9]/, \"\"); if (\$0 ~ /^2/) {print; exit}}" document)
post=$(call "$api/zones/example.org./metadata" -d '{"kind": "ALLOW-AXFR-FROM", "metadata": ["AUTO-NS"]}')
delete=$(call -X DELETE "$api/zones/example.org./metadata/ALLOW-AXFR-FROM")
zone=$(call -X DELETE "$api/zones/example.org.")
found="POST documented $documented, answered $post; DELETE of metadata $delete, of the zone $zone"
echo "$found"
[ "$found" = "POST documented 204, answered 201 application/json; DELETE of metadata 200 text/html; charset=utf-8, of the zone 204 " ]
