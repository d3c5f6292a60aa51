#!/usr/bin/env bash
# Litestar 2.25.0 with msgspec 0.23.0: a member of the type `datetime.time` is documented as a duration.
#
# The document says `type: string, format: duration`, as for `datetime.timedelta`. The server sends and takes a time of
# day, `12:30:00`, and refuses a duration. A client that trusts the format can't read the answer.
#
# Output seen: "format: duration; sent: 12:30:00; PT12H30M is answered with 400"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet litestar==2.25.0 msgspec==0.23.0 httpx==0.28.1
cat > "$folder/app.py" <<'PY'
from datetime import time

from litestar import Litestar, post
from litestar.testing import TestClient
from msgspec import Struct


class Alarm(Struct):
    clock: time


@post("/alarms", status_code=200)
async def echo(data: Alarm) -> Alarm:
    return data


app = Litestar([echo])
schema = app.openapi_schema.to_schema()["components"]["schemas"]["Alarm"]["properties"]["clock"]
with TestClient(app) as client:
    sent = client.post("/alarms", json={"clock": "12:30:00"}).json()["clock"]
    refused = client.post("/alarms", json={"clock": "PT12H30M"}).status_code
print(f"format: {schema['format']}; sent: {sent}; PT12H30M is answered with {refused}")
PY
found=$("$folder/venv/bin/python" "$folder/app.py")
echo "$found"
[ "$found" = "format: duration; sent: 12:30:00; PT12H30M is answered with 400" ]
