# Chroma. The document is the one that the server itself gives.
set -euo pipefail

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/home" "$DATA/store"
export HOME=$DATA/home ANONYMIZED_TELEMETRY=False CHROMA_ALLOW_RESET=true
cd "$DATA"
printf 'port: %s\nlisten_address: "127.0.0.1"\npersist_path: "%s/store"\nallow_reset: true\n' "$port" "$DATA" > chroma.yaml
server() {
    exec "$VENV/bin/chroma" run chroma.yaml >&2
}
wait_for_it() {
    for _ in $(seq 600); do curl -sf "http://127.0.0.1:$port/api/v2/heartbeat" > /dev/null && break; sleep 0.1; done
}
if [ "$1" = document ]; then
    server 2> /dev/null &
    trap 'kill $!' EXIT
    wait_for_it
    curl -sf "http://127.0.0.1:$port/openapi.json"
    exit
fi
(wait_for_it; echo "http://127.0.0.1:$port") &
server
