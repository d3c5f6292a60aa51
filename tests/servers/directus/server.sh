# Directus with SQLite and a collection of its own. The document is the one that the server itself gives to its administrator.
set -euo pipefail

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/uploads" "$DATA/extensions"
cd "$DATA"
rm -f data.db
echo "{}" > package.json
export HOST=127.0.0.1 PORT=$port PUBLIC_URL=http://127.0.0.1:$port DB_CLIENT=sqlite3 DB_FILENAME=$DATA/data.db
export SECRET=0123456789abcdef0123456789abcdef KEY=255d861b-5ea1-5996-9aa3-922530ec40b1 ADMIN_EMAIL=admin@example.com
export ADMIN_PASSWORD=secret ADMIN_TOKEN=token-of-the-admin TELEMETRY=false LOG_LEVEL=warn NODE_ENV=production
directus() { node "$NODE_MODULES/directus/cli.js" "$@" >&2; }
wait_for_it() {
    for _ in $(seq 600); do curl -sf "http://127.0.0.1:$port/server/ping" > /dev/null && break; sleep 0.1; done
}
directus bootstrap
directus schema apply --yes "$SOURCE/schema.yaml"
if [ "$1" = document ]; then
    node "$NODE_MODULES/directus/cli.js" start > /dev/null 2>&1 &
    trap 'kill $!' EXIT
    wait_for_it
    curl -sf -H 'Authorization: Bearer token-of-the-admin' "http://127.0.0.1:$port/server/specs/oas"
    exit
fi
(wait_for_it; echo "http://127.0.0.1:$port") &
exec node "$NODE_MODULES/directus/cli.js" start >&2
