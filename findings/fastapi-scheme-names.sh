#!/usr/bin/env bash
# FastAPI 0.165.0: several security schemes of one class have one name, and the document keeps the last of them.
#
# `APIKeyHeader(name="X-One")` and `APIKeyHeader(name="X-Two")` are both called `APIKeyHeader` unless `scheme_name` is given.
# `components.securitySchemes` has the last one alone, so that the header of the other is documented nowhere; an operation
# that needs both asks for the one name.
#
# Output seen: "schemes: {'APIKeyHeader': 'X-Two'}; asked: [{'APIKeyHeader': []}]; with one: 401; with both: 200"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet fastapi==0.165.0 starlette==1.10.0 httpx==0.28.1
cat > "$folder/app.py" <<'PY'
from fastapi import FastAPI, Security
from fastapi.security import APIKeyHeader
from fastapi.testclient import TestClient

app = FastAPI()
one = APIKeyHeader(name="X-One")
two = APIKeyHeader(name="X-Two")


@app.get("/things")
def things(one: str = Security(one), two: str = Security(two)) -> str:
    return one + two


client = TestClient(app)
document = app.openapi()
schemes = document["components"]["securitySchemes"]
schemes = {name: scheme["name"] for name, scheme in schemes.items()}
asked = document["paths"]["/things"]["get"]["security"]
few = client.get("/things", headers={"X-Two": "2"}).status_code
all = client.get("/things", headers={"X-One": "1", "X-Two": "2"}).status_code
print(f"schemes: {schemes}; asked: {asked}; with one: {few}; with both: {all}")
PY
found=$("$folder/venv/bin/python" -W ignore "$folder/app.py")
echo "$found"
[ "$found" = "schemes: {'APIKeyHeader': 'X-Two'}; asked: [{'APIKeyHeader': []}]; with one: 401; with both: 200" ]
