#!/usr/bin/env bash
# Jupyter Server 2.21.1: who authenticates by the token is another user with each call, of a random name, as long as the
# cookie of the answer is not sent back. `/api/me` gives two names for two calls with the same token.
#
# Output seen: "without cookies 2 users, with cookies 1 user"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet jupyter-server==2.21.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir files
HOME=$folder venv/bin/jupyter-server --no-browser --allow-root --ServerApp.ip=127.0.0.1 --ServerApp.port="$port" \
    --ServerApp.port_retries=0 --ServerApp.root_dir="$folder/files" --IdentityProvider.token=secret > log 2>&1 &
server=$!
url=http://127.0.0.1:$port
for _ in $(seq 300); do curl -sf "$url/api" > /dev/null && break; sleep 0.2; done

who() { curl -s -H "Authorization: token secret" "$@" "$url/api/me" | python3 -c "import json, sys; print(json.load(sys.stdin)[\"identity\"][\"username\"])"; }
without=$({ who; who; } | sort -u | wc -l)
with=$({ who -c jar; who -b jar -c jar; } | sort -u | wc -l)
found="without cookies $without users, with cookies $with user"
echo "$found"
[ "$found" = "without cookies 2 users, with cookies 1 user" ]
