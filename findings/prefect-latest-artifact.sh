#!/usr/bin/env bash
# Prefect 3.9.1: `GET /api/artifacts/KEY/latest`, which its document describes with the same schema as an artifact, has the id of
# the collection of that key as `id`. Who reads the artifact by the id that came finds nothing.
#
# Output seen: "made and latest have different ids; by the id of latest: 404, by the id of made: 200"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet prefect==3.9.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HOME=$folder PREFECT_HOME=$folder/home PREFECT_SERVER_ANALYTICS_ENABLED=false PREFECT_UI_ENABLED=false DO_NOT_TRACK=1
venv/bin/python -m uvicorn --factory prefect.server.api.server:create_app --host 127.0.0.1 --port "$port" > log 2>&1 &
server=$!
api=http://127.0.0.1:$port/api
for _ in $(seq 600); do curl -sf "$api/health" > /dev/null && break; sleep 0.2; done

id() { python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])'; }
made=$(curl -s "$api/artifacts/" -H 'Content-Type: application/json' -d '{"key": "table", "type": "table", "data": "[]"}' | id)
latest=$(curl -s "$api/artifacts/table/latest" | id)
[ "$made" = "$latest" ] && same="the same id" || same="different ids"
by() { curl -s -o answer -w '%{http_code}' "$api/artifacts/$1"; }
found="made and latest have $same; by the id of latest: $(by "$latest"), by the id of made: $(by "$made")"
echo "$found"
[ "$found" = "made and latest have different ids; by the id of latest: 404, by the id of made: 200" ]
