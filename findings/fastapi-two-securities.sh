#!/usr/bin/env bash
# FastAPI 0.165.0: an operation that needs two credentials at once is documented as one that needs either.
#
# Two `Security(..)` dependencies of a handler are both checked. The document lists them as two security requirements,
# of which OpenAPI asks for one; both at once would be one requirement with two names.
#
# Output seen: "[{'APIKeyCookie': []}, {'APIKeyHeader': []}] cookie alone: 401, header alone: 401, both: 200"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet fastapi==0.165.0 starlette==1.10.0 httpx==0.28.1
found=$("$folder/venv/bin/python" -W ignore - <<'PYTHON'
from fastapi import FastAPI, Security
from fastapi.security import APIKeyCookie, APIKeyHeader
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/", operation_id="both")
def both(cookie: str = Security(APIKeyCookie(name="c")), header: str = Security(APIKeyHeader(name="X-Key"))):
    return cookie + header


def status(cookies, headers):
    return TestClient(app, cookies=cookies).get("/", headers=headers).status_code


print(
    app.openapi()["paths"]["/"]["get"]["security"],
    f"cookie alone: {status({'c': '1'}, {})}, header alone: {status({}, {'X-Key': '1'})},",
    f"both: {status({'c': '1'}, {'X-Key': '1'})}",
)
PYTHON
)
echo "$found"
[ "$found" = "[{'APIKeyCookie': []}, {'APIKeyHeader': []}] cookie alone: 401, header alone: 401, both: 200" ]
