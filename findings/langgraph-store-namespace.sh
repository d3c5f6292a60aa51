#!/usr/bin/env bash
# LangGraph's server 0.16.7: `GET /store/items` documents `namespace` as a list, which OpenAPI writes as a parameter for each
# item. The server takes the last of them as the whole namespace, and answers 200 and `null`; it wants `a.b`. To ask so also
# makes the namespace that it took it for.
#
# Output seen: "as documented: null; with a dot: 1; namespaces: a.b b"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet 'langgraph-cli[inmem]==0.4.40' langgraph-api==0.16.7 langgraph-runtime-inmem==0.36.7 langgraph==1.2.24
cat > graph.py << 'PYTHON'
from langgraph.graph import END, START, StateGraph

graph = StateGraph(dict)
graph.add_node("nothing", lambda state: state)
graph.add_edge(START, "nothing")
graph.add_edge("nothing", END)
nothing = graph.compile()
PYTHON
echo '{"dependencies": ["."], "graphs": {"nothing": "./graph.py:nothing"}}' > langgraph.json
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
HOME=$folder LANGSMITH_TRACING=false LANGGRAPH_CLI_NO_ANALYTICS=1 venv/bin/langgraph dev --no-browser --no-reload \
    --host 127.0.0.1 --port "$port" > log 2>&1 &
server=$!
url=http://127.0.0.1:$port/store
for _ in $(seq 300); do curl -sf "http://127.0.0.1:$port/ok" > /dev/null && break; sleep 0.2; done

json=(-H 'Content-Type: application/json')
curl -sf -X PUT "$url/items" "${json[@]}" -d '{"namespace": ["a", "b"], "key": "k", "value": {"x": 1}}'
documented=$(curl -sf "$url/items?namespace=a&namespace=b&key=k")
dotted=$(curl -sf "$url/items?namespace=a.b&key=k" | python3 -c 'import json, sys; print(json.load(sys.stdin)["value"]["x"])')
all=$(curl -sf "$url/namespaces" "${json[@]}" -d '{}' |
    python3 -c 'import json, sys; print(*sorted(".".join(n) for n in json.load(sys.stdin)["namespaces"]))')
found="as documented: $documented; with a dot: $dotted; namespaces: $all"
echo "$found"
[ "$found" = "as documented: null; with a dot: 1; namespaces: a.b b" ]
