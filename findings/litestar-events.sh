#!/usr/bin/env bash
# Litestar 2.25.0: a handler that returns server-sent events is documented as JSON.
#
# `-> ServerSentEvent` is the way to send events, and the class knows its media type. The document says
# `application/json`, with a schema that allows anything.
#
# Output seen: "documented: application/json of {}; sent: text/event-stream; charset=utf-8"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet litestar==2.25.0 msgspec==0.23.0 httpx==0.28.1
cat > "$folder/app.py" <<'PY'
from litestar import Litestar, get
from litestar.response import ServerSentEvent
from litestar.testing import TestClient


@get("/ticks")
async def ticks() -> ServerSentEvent:
    return ServerSentEvent(iter(["1", "2"]))


app = Litestar([ticks])
content = app.openapi_schema.to_schema()["paths"]["/ticks"]["get"]["responses"]["200"]["content"]
[(media, body)] = content.items()
with TestClient(app) as client:
    sent = client.get("/ticks").headers["content-type"]
print(f"documented: {media} of {body['schema']}; sent: {sent}")
PY
found=$("$folder/venv/bin/python" "$folder/app.py" 2> "$folder/log")
echo "$found"
[ "$found" = "documented: application/json of {}; sent: text/event-stream; charset=utf-8" ]
