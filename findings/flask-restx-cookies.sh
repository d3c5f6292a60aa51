#!/usr/bin/env bash
# flask-restx 1.3.2: an argument that is read from a cookie is documented as one of the query.
#
# `location="cookies"` of a request parser has no counterpart in Swagger 2.0, and the document says `in: query` without a
# word. The server finds nothing there and refuses the call; the same name as a cookie is taken.
#
# Output seen: "documented in query: query 400, cookie 200"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet flask-restx==1.3.2 flask==3.1.2 werkzeug==3.1.4 'setuptools<81'
found=$("$folder/venv/bin/python" -W ignore - <<'PYTHON'
from flask import Flask
from flask_restx import Api, Resource, reqparse

app = Flask(__name__)
api = Api(app)
parser = reqparse.RequestParser()
parser.add_argument("seen", location="cookies", required=True)


@api.route("/pets")
class Pets(Resource):
    @api.expect(parser)
    def get(self):
        return parser.parse_args()["seen"]


document = app.test_client().get("/swagger.json").get_json()
place = document["paths"]["/pets"]["get"]["parameters"][0]["in"]
query = app.test_client().get("/pets?seen=1").status_code
client = app.test_client()
client.set_cookie("seen", "1")
print(f"documented in {place}: query {query}, cookie {client.get('/pets').status_code}")
PYTHON
)
echo "$found"
[ "$found" = "documented in query: query 400, cookie 200" ]
