# ZenML's server with SQLite, its users by OAuth 2.0. The document is the one that the server itself gives.
set -euo pipefail

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/home"
export HOME=$DATA/home ZENML_CONFIG_PATH=$DATA/home/config ZENML_ANALYTICS_OPT_IN=false ZENML_SERVER=true
export ZENML_SERVER_AUTH_SCHEME=OAUTH2_PASSWORD_BEARER ZENML_SERVER_AUTO_ACTIVATE=true ZENML_LOGGING_VERBOSITY=WARN
export ZENML_SERVER_JWT_SECRET_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
export ZENML_SERVER_DEVICE_AUTH_POLLING_INTERVAL=1
server() {
    exec "$VENV/bin/python" -m uvicorn zenml.zen_server.zen_server_api:app --host 127.0.0.1 --port "$port" \
        --log-level warning >&2
}
wait_for_it() {
    for _ in $(seq 2400); do curl -sf "http://127.0.0.1:$port/health" > /dev/null && break; sleep 0.1; done
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
