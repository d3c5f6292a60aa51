#!/usr/bin/env bash
# Jupyter Server 2.21.1: the answer for a file that is not there is declared to be JSON and is plain text, so that a client
# that reads the body by its type fails on it. Other missing things are JSON: a kernel, a session.
#
# Output seen: "file: 404 application/json, not JSON; kernel: 404 application/json, JSON"
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

tell() {
    status=$(curl -s -o answer -w "%{http_code} %{content_type}" -H "Authorization: token secret" "$url/$1")
    python3 -m json.tool answer > /dev/null 2>&1 && kind="JSON" || kind="not JSON"
    printf "%s, %s" "$status" "$kind"
}
found="file: $(tell api/contents/none.txt); kernel: $(tell api/kernels/6f1a9f3e-8f5c-4a55-9d0c-0d6f2b7c1a11)"
echo "$found"
[ "$found" = "file: 404 application/json, not JSON; kernel: 404 application/json, JSON" ]
