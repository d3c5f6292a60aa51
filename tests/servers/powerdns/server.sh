# PowerDNS Authoritative with zones in SQLite. The document is the one that the server itself gives.
set -euo pipefail

ports=$(python3 -c 'import socket; s = [socket.socket() for _ in "12"]; [t.bind(("127.0.0.1", 0)) for t in s]; print(*[t.getsockname()[1] for t in s])')
port=${ports% *}
mkdir -p "$DATA"
rm -f "$DATA/zones"
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[2]).executescript(open(sys.argv[1]).read())' \
    "$ROOT/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql" "$DATA/zones"
export LD_LIBRARY_PATH=$ROOT/usr/lib/x86_64-linux-gnu
server() {
    exec "$ROOT/usr/sbin/pdns_server" --no-config --daemon=no --guardian=no --launch=gsqlite3 \
        --gsqlite3-database="$DATA/zones" --gsqlite3-dnssec --module-dir="$LD_LIBRARY_PATH/pdns" --api=yes \
        --api-key=secret --webserver=yes --webserver-address=127.0.0.1 --webserver-port="$port" \
        --local-address=127.0.0.1 --local-port="${ports#* }" --socket-dir="$DATA" --security-poll-suffix= >&2
}
wait_for_it() {
    for _ in $(seq 300); do
        curl -sf -H 'X-API-Key: secret' "http://127.0.0.1:$port/api/v1/servers" > /dev/null && break
        sleep 0.1
    done
}
if [ "$1" = document ]; then
    server 2> /dev/null &
    trap 'kill $!' EXIT
    wait_for_it
    curl -sf -H 'X-API-Key: secret' -H 'Accept: application/json' "http://127.0.0.1:$port/api/docs"
    exit
fi
(wait_for_it; echo "http://127.0.0.1:$port/api/v1") &
server
