#!/usr/bin/env bash
# FastAPI 0.165.0: a list in a header is documented as OpenAPI's style `simple`, and a value in that style is one item.
#
# OpenAPI writes an array in a header as `one,two`, the only style that headers have. FastAPI documents
# `list[str]` in `Header()` as such an array, but makes an item of each line of the header and never splits at commas.
# What it reads as two items, `X-Words` sent twice, can't be described by OpenAPI.
#
# Output seen: "type: array; one line gives ['one,two']; two lines give ['one', 'two']"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet fastapi==0.165.0 starlette==1.10.0 httpx==0.28.1
cat > "$folder/app.py" <<'PY'
from typing import Annotated

from fastapi import FastAPI, Header
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/words")
def words(x_words: Annotated[list[str], Header()]) -> list[str]:
    return x_words


client = TestClient(app)
schema = app.openapi()["paths"]["/words"]["get"]["parameters"][0]["schema"]
one = client.get("/words", headers={"X-Words": "one,two"}).json()
two = client.get("/words", headers=[("X-Words", "one"), ("X-Words", "two")]).json()
print(f"type: {schema['type']}; one line gives {one}; two lines give {two}")
PY
found=$("$folder/venv/bin/python" -W ignore "$folder/app.py")
echo "$found"
[ "$found" = "type: array; one line gives ['one,two']; two lines give ['one', 'two']" ]
