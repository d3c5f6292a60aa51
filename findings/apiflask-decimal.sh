#!/usr/bin/env bash
# APIFlask 3.1.2 with marshmallow 4.4.0 and apispec 6.10.1 on Flask 3.1.3: a decimal is documented as a number and sent
# as a text.
#
# apispec describes `Decimal` as `type: number`, also with `as_string=True`, which is there to say otherwise. Flask writes
# Python's decimals into JSON as texts. Both forms are taken in requests, so that a test that sends a number and looks at
# the status sees nothing.
#
# Output seen: "documented: number, number; sent: {'exact': '0.10', 'plain': '0.10'}"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apiflask==3.1.2 apispec==6.10.1 flask==3.1.3 marshmallow==4.4.0 werkzeug==3.1.9
cat > "$folder/app.py" <<'PY'
from decimal import Decimal

from apiflask import APIFlask, Schema, fields

app = APIFlask(__name__)


class Price(Schema):
    plain = fields.Decimal(required=True)
    exact = fields.Decimal(required=True, as_string=True)


@app.get("/price")
@app.output(Price)
def price():
    return {"plain": Decimal("0.10"), "exact": Decimal("0.10")}


with app.app_context():
    members = app.spec["components"]["schemas"]["Price"]["properties"]
sent = app.test_client().get("/price").json
print(f"documented: {members['plain']['type']}, {members['exact']['type']}; sent: {dict(sorted(sent.items()))}")
PY
found=$("$folder/venv/bin/python" "$folder/app.py" 2> "$folder/log")
echo "$found"
[ "$found" = "documented: number, number; sent: {'exact': '0.10', 'plain': '0.10'}" ]
