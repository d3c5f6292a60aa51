#!/usr/bin/env bash
# APIFlask 3.1.2 on Werkzeug 3.1.9: a path parameter that is documented as a number is not found when it is whole.
#
# `<float:number>` is documented as `type: number`, and 5 is a number, which JSON, JavaScript and most clients write as `5`.
# Werkzeug's converter wants a point: `/double/5` is answered with 404, as if there were no such operation.
#
# Output seen: "documented: number; /double/5 is answered with 404; /double/5.0 with 200"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apiflask==3.1.2 apispec==6.10.1 flask==3.1.3 marshmallow==4.4.0 werkzeug==3.1.9
cat > "$folder/app.py" <<'PY'
from apiflask import APIFlask

app = APIFlask(__name__)


@app.get("/double/<float:number>")
def double(number):
    return {"number": 2 * number}


with app.app_context():
    schema = app.spec["paths"]["/double/{number}"]["get"]["parameters"][0]["schema"]
whole, point = (app.test_client().get(f"/double/{number}").status_code for number in ("5", "5.0"))
print(f"documented: {schema['type']}; /double/5 is answered with {whole}; /double/5.0 with {point}")
PY
found=$("$folder/venv/bin/python" "$folder/app.py" 2> "$folder/log")
echo "$found"
[ "$found" = "documented: number; /double/5 is answered with 404; /double/5.0 with 200" ]
