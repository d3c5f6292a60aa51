# Prefect's server with SQLite. The document is the one that the server itself gives.
set -euo pipefail

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/home"
export HOME=$DATA/home PREFECT_HOME=$DATA/home PREFECT_SERVER_ANALYTICS_ENABLED=false DO_NOT_TRACK=1
export PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=false PREFECT_UI_ENABLED=false PREFECT_LOGGING_LEVEL=WARNING
export PREFECT_API_BLOCKS_REGISTER_ON_START=false PATH=$VENV/bin:$PATH
server() {
    exec "$VENV/bin/python" -m uvicorn --factory prefect.server.api.server:create_app --host 127.0.0.1 --port "$port" --log-level warning >&2
}
wait_for_it() {
    for _ in $(seq 1200); do curl -sf "http://127.0.0.1:$port/api/health" > /dev/null && break; sleep 0.1; done
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
