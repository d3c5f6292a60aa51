# The server of LangGraph in memory, with a graph that needs no model. The document is the one that the server itself gives.
set -euo pipefail

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/app"
cp "$SOURCE/graph.py" "$SOURCE/langgraph.json" "$DATA/app"
cd "$DATA/app"
export HOME=$DATA LANGSMITH_TRACING=false LANGGRAPH_CLI_NO_ANALYTICS=1
server() {
    exec "$VENV/bin/langgraph" dev --no-browser --no-reload --host 127.0.0.1 --port "$port" >&2
}
wait_for_it() {
    for _ in $(seq 600); do curl -sf "http://127.0.0.1:$port/ok" > /dev/null && break; sleep 0.1; done
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
