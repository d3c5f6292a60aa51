#!/usr/bin/env bash
# Litestar 2.25.0: the errors of a handler that returns text are JSON under the name of `text/plain`.
#
# The media type of a handler is guessed from its return type, and its error answers get that type too, while their body
# is always JSON. The document says `application/json` for the same error.
#
# Output seen: "documented: application/json; sent: text/plain; charset=utf-8 with a JSON object"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet litestar==2.25.0 msgspec==0.23.0 httpx==0.28.1
cat > "$folder/app.py" <<'PY'
import json

from litestar import Litestar, get
from litestar.testing import TestClient


@get("/double/{number:int}")
async def double(number: int, times: int) -> str:
    return str(number) * times


app = Litestar([double])
responses = app.openapi_schema.to_schema()["paths"]["/double/{number}"]["get"]["responses"]
[media] = responses["400"]["content"]
with TestClient(app) as client:
    answer = client.get("/double/2?times=many")
assert answer.status_code == 400 and isinstance(json.loads(answer.text), dict)
print(f"documented: {media}; sent: {answer.headers['content-type']} with a JSON object")
PY
found=$("$folder/venv/bin/python" "$folder/app.py" 2> "$folder/log")
echo "$found"
[ "$found" = "documented: application/json; sent: text/plain; charset=utf-8 with a JSON object" ]
