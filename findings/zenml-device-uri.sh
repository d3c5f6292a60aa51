#!/usr/bin/env bash
# ZenML 0.98.0: the answer of the device authorization (RFC 8628) has a `verification_uri` without scheme and host, unless the
# server is told its URL. Who shows it to the user, as the RFC asks for, shows a place that a browser can't open.
#
# Output seen: "/devices/verify"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet 'zenml[server]==0.98.0'
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HOME=$folder ZENML_CONFIG_PATH=$folder/config ZENML_ANALYTICS_OPT_IN=false ZENML_SERVER=true
export ZENML_SERVER_AUTH_SCHEME=OAUTH2_PASSWORD_BEARER ZENML_SERVER_AUTO_ACTIVATE=true
venv/bin/python -m uvicorn zenml.zen_server.zen_server_api:app --host 127.0.0.1 --port "$port" > log 2>&1 &
server=$!
url=http://127.0.0.1:$port
for _ in $(seq 600); do curl -sf "$url/health" > /dev/null && break; sleep 0.2; done

found=$(curl -s "$url/api/v1/device_authorization" -d client_id=7d6a2a14-6a5e-4a83-bb2f-6e0c0d0e7f11 |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["verification_uri"])')
echo "$found"
[ "$found" = /devices/verify ]
