#!/usr/bin/env bash
# Sanic 25.12.1: a text in the path is handed on as it was encoded, and one in the query is decoded.
#
# `<name:str>` of a route gets `a%20b` for `/pets/a%20b`, with `unquote=True` of the route `a b`. Most frameworks decode
# both, so that a server which stores what it got keeps another name than the client sent.
#
# Output seen: "path: a%20b, query: a b, unquote: a b"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet sanic==25.12.1 sanic-testing==24.6.0
cat > "$folder/app.py" <<'PYTHON'
from sanic import Sanic, text
from sanic_testing import TestManager

app = Sanic("pets")
TestManager(app)


@app.get("/pets/<name:str>")
async def pet(request, name):
    return text(f"path: {name}, query: {request.args.get('q')}")


@app.get("/unquoted/<name:str>", unquote=True)
async def unquoted(request, name):
    return text(f"unquote: {name}")


_, first = app.test_client.get("/pets/a%20b?q=a%20b")
_, second = app.test_client.get("/unquoted/a%20b")
print(f"{first.text}, {second.text}")
PYTHON
found=$(cd "$folder" && venv/bin/python app.py 2>/dev/null | tail -1)
echo "$found"
[ "$found" = "path: a%20b, query: a b, unquote: a b" ]
