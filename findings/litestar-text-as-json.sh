#!/usr/bin/env bash
# Litestar 2.25.0: a handler annotated with `Response[str]` sends a bare text under the name of JSON.
#
# `-> str` is plain text, in the document and in the answer. `-> Response[str]`, which a handler needs to set a header, is
# `application/json` in both, but the text is not quoted: the body is not JSON.
#
# Output seen: "documented: application/json of string; sent: application/json; JSON: no, 'hello'"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet litestar==2.25.0 msgspec==0.23.0 httpx==0.28.1
cat > "$folder/app.py" <<'PY'
import json

from litestar import Litestar, Response, get
from litestar.testing import TestClient


@get("/greeting")
async def greeting() -> Response[str]:
    return Response("hello", headers={"X-Seen": "yes"})


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return "no"
    return "yes"


app = Litestar([greeting])
content = app.openapi_schema.to_schema()["paths"]["/greeting"]["get"]["responses"]["200"]["content"]
[(media, body)] = content.items()
with TestClient(app) as client:
    answer = client.get("/greeting")
sent = answer.headers["content-type"]
print(f"documented: {media} of {body['schema']['type']}; sent: {sent}; JSON: {is_json(answer.text)}, {answer.text!r}")
PY
found=$("$folder/venv/bin/python" "$folder/app.py" 2> "$folder/log")
echo "$found"
[ "$found" = "documented: application/json of string; sent: application/json; JSON: no, 'hello'" ]
