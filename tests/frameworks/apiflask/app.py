"""The parcels API in APIFlask with marshmallow. `app.py document` prints its document, `app.py serve` listens on a free
port."""

import json
import sys
from enum import Enum
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from apiflask import APIFlask, APIKeyHeaderAuth, HTTPBasicAuth, HTTPTokenAuth, Schema, abort
from apiflask.fields import (
    URL, UUID, AwareDateTime, Boolean, Date, Decimal, Dict, Enum as EnumField, File, Float, Integer, List, Nested, Raw,
    String, Time, TimeDelta,
)
from apiflask.validators import Length, OneOf, Range, Regexp
from flask import Response, make_response, request
from werkzeug.serving import make_server

app = APIFlask(__name__, title="Parcels", version="1.0.0", enable_openapi=True)
app.config["AUTO_OPERATION_ID"] = False
app.json.sort_keys = False
HELD: dict[str, Any] = {}
PARCELS: dict[str, dict[str, Any]] = {}


def hold(name: str, value: Any) -> None:
    HELD[name] = json.loads(json.dumps(value, default=str))


@app.get("/held/<name>")
@app.doc(hide=True)
def held(name: str):
    return Response(json.dumps(HELD.get(name)), content_type="application/json")


class Kind(Enum):
    letter = "letter"
    box = "box"
    pallet = "pallet"


class Address(Schema):
    street = String(required=True)
    city = String(required=True, allow_none=True)
    zip = String(validate=Regexp(r"^\d{5}$"))


class NewParcel(Schema):
    name = String(required=True, validate=Length(1, 40))
    kind = EnumField(Kind, by_value=True, required=True)
    weight = Float(required=True, validate=Range(min=0, min_inclusive=False))
    count = Integer(load_default=1, validate=Range(min=1))
    price = Decimal(required=True, as_string=True, metadata={"type": "string", "format": "decimal"})
    fragile = Boolean(load_default=False)
    tags = List(String(), required=True)
    sizes = List(Integer(), allow_none=True)
    made_on = Date(required=True)
    sent_at = AwareDateTime(required=True)
    note = String(required=True, allow_none=True)
    comment = String(allow_none=True)
    address = Nested(Address, allow_none=True)
    labels = Dict(keys=String(), values=String())
    extra = Dict(allow_none=True)


class Parcel(NewParcel):
    id = UUID(dump_only=True)


class ParcelPage(Schema):
    items = List(Nested(Parcel), required=True)
    total = Integer(required=True)


class Problem(Schema):
    code = String(required=True, validate=OneOf(["missing", "conflict", "teapot"]))
    message = String(required=True)


class Tree(Schema):
    name = String(required=True)
    children = List(Nested(lambda: Tree()), required=True)
    left = Nested(lambda: Tree(), allow_none=True)


class Moments(Schema):
    day = Date(required=True)
    clock = Time(required=True)
    at = AwareDateTime(required=True)
    lasts = TimeDelta(required=True)
    amount = Decimal(required=True)
    id = UUID(required=True)
    link = URL(required=True)
    big = Integer(required=True)
    ratio = Float(required=True)


class Presence(Schema):
    must = String(required=True)
    must_nullable = String(required=True, allow_none=True)
    may = String()
    may_nullable = String(allow_none=True)
    number = Integer(load_default=7)


class Maps(Schema):
    texts = Dict(keys=String(), values=String(), required=True)
    nested = Dict(keys=String(), values=Dict(keys=String(), values=Integer()), required=True)
    anything = Raw(required=True)


class Loud(Exception):
    def __init__(self, status: int, code: str, message: str):
        self.status, self.problem = status, {"code": code, "message": message}


@app.errorhandler(Loud)
def loud(error: Loud):
    return error.problem, error.status


def responses(*statuses: int) -> dict[int, Any]:
    return {status: {"description": "A problem.", "content": {"application/json": {"schema": Problem}}} for status in statuses}


def known(id: Any) -> dict[str, Any]:
    if str(id) not in PARCELS:
        raise Loud(404, "missing", str(id))
    return PARCELS[str(id)]


@app.post("/parcels")
@app.input(NewParcel, location="json")
@app.output(Parcel, status_code=201)
@app.doc(operation_id="create_parcel", responses=responses(409))
def create_parcel(json_data):
    id = uuid5(NAMESPACE_URL, json_data["name"])
    if str(id) in PARCELS:
        raise Loud(409, "conflict", json_data["name"])
    PARCELS[str(id)] = json_data | {"id": id}
    hold("create_parcel", Parcel().dump(PARCELS[str(id)]))
    return PARCELS[str(id)], 201, {"Location": f"/parcels/{id}"}


@app.get("/parcels/<uuid:parcel_id>")
@app.output(Parcel)
@app.doc(operation_id="get_parcel", responses=responses(404))
def get_parcel(parcel_id):
    return known(parcel_id)


@app.patch("/parcels/<uuid:parcel_id>")
@app.input(NewParcel(partial=True), location="json")
@app.output(Parcel)
@app.doc(operation_id="update_parcel", responses=responses(404))
def update_parcel(parcel_id, json_data):
    parcel = known(parcel_id)
    patch = {name: value for name, value in json_data.items() if name in request.json}
    hold("update_parcel", patch)
    parcel |= patch
    return parcel


@app.delete("/parcels/<uuid:parcel_id>")
@app.output({}, status_code=204)
@app.doc(operation_id="delete_parcel", responses=responses(404))
def delete_parcel(parcel_id):
    known(parcel_id)
    del PARCELS[str(parcel_id)]
    return ""


class ListQuery(Schema):
    kinds = List(EnumField(Kind, by_value=True))
    sizes = List(Integer())
    fragile = Boolean()
    made_after = Date()
    sent_before = AwareDateTime()
    price_below = Decimal()
    name = String()
    limit = Integer(load_default=20, validate=Range(1, 100))
    offset = Integer(load_default=0)


@app.get("/parcels")
@app.input(ListQuery, location="query")
@app.output(ParcelPage)
@app.doc(operation_id="list_parcels")
def list_parcels(query_data):
    hold("list_parcels", ListQuery().dump(query_data))
    found = [parcel for parcel in PARCELS.values() if parcel["kind"] in query_data.get("kinds", Kind)]
    return {"items": found, "total": len(found)}


def echo(name: str, schema: type[Schema]) -> None:
    @app.post(f"/{name}", endpoint=name)
    @app.input(schema, location="json")
    @app.output(schema)
    @app.doc(operation_id=name)
    def echo(json_data):
        hold(name, request.json)
        return json_data


echo("echo_tree", Tree)
echo("echo_moments", Moments)
echo("echo_presence", Presence)
echo("echo_maps", Maps)


def sight(file: Any) -> dict[str, Any] | None:
    return file and {"name": file.filename, "type": file.content_type, "hex": file.read().hex()}


class OneFile(Schema):
    file = File(required=True)
    caption = String(required=True)
    copies = Integer(load_default=1)


@app.post("/files/one")
@app.input(OneFile, location="form_and_files")
@app.doc(operation_id="upload_one")
def upload_one(form_and_files_data):
    data = form_and_files_data
    hold("upload_one", data | {"file": sight(data["file"])})
    return {}


class ManyFiles(Schema):
    files = List(File(), required=True)
    tags = List(String())


@app.post("/files/many")
@app.input(ManyFiles, location="form_and_files")
@app.doc(operation_id="upload_many")
def upload_many(form_and_files_data):
    data = form_and_files_data
    hold("upload_many", data | {"files": [sight(file) for file in data["files"]]})
    return {}


class MaybeFile(Schema):
    file = File()
    note = String()


@app.post("/files/maybe")
@app.input(MaybeFile, location="form_and_files")
@app.doc(operation_id="upload_maybe")
def upload_maybe(form_and_files_data):
    data = form_and_files_data
    hold("upload_maybe", {"file": sight(data.get("file")), "note": data.get("note")})
    return {}


class Sent(Schema):
    name = String(required=True)
    count = Integer(required=True)
    weight = Float(required=True)
    made_on = Date(required=True)
    fragile = Boolean()
    tags = List(String())
    note = String()


@app.post("/forms")
@app.input(Sent, location="form")
@app.doc(operation_id="send_form")
def send_form(form_data):
    hold("send_form", form_data)
    return {}


class Heads(Schema):
    text = String(required=True, data_key="X-Text")
    number = Integer(data_key="X-Number")


@app.get("/headers")
@app.input(Heads, location="headers")
@app.output({"text": String(required=True)})
@app.doc(operation_id="read_headers")
def read_headers(headers_data):
    hold("read_headers", headers_data)
    return {"text": headers_data["text"]}, 200, {"X-Seen": headers_data["text"]}


class Cookies(Schema):
    session = String(required=True)
    visits = Integer()


@app.get("/cookies")
@app.input(Cookies, location="cookies")
@app.output({"session": String(required=True)})
@app.doc(operation_id="read_cookies")
def read_cookies(cookies_data):
    hold("read_cookies", cookies_data)
    return cookies_data


@app.get("/paths/<text>/<float:number>/<kind>")
@app.output({"text": String(required=True)})
@app.doc(operation_id="read_path")
def read_path(text, number, kind):
    hold("read_path", {"text": text, "number": number, "kind": kind})
    return {"text": text}


@app.get("/whole/<int:number>")
@app.output({"number": Integer(required=True)})
@app.doc(operation_id="read_whole")
def read_whole(number):
    return {"number": number}


@app.get("/rest/<path:rest>")
@app.output({"rest": String(required=True)})
@app.doc(operation_id="read_rest")
def read_rest(rest):
    return {"rest": rest}


@app.get("/files/<name>/content")
@app.doc(
    operation_id="get_content",
    responses={200: {"description": "It.", "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}},
)
def get_content(name):
    return make_response(b"\x89PNG\0", 200, {"Content-Type": "image/png"})


@app.get("/text")
@app.doc(
    operation_id="read_text",
    responses={200: {"description": "Words.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_text():
    return Response("plain “words”", content_type="text/plain; charset=utf-8")


@app.get("/errors/<int:status>")
@app.doc(operation_id="fail", responses=responses(418))
def fail(status):
    if status == 418:
        raise Loud(418, "teapot", "short and stout")
    abort(status, "no reason")


@app.post("/nothing")
@app.output({}, status_code=202)
@app.doc(operation_id="nothing")
def nothing():
    return ""


bearer, basic, key = HTTPTokenAuth("Bearer"), HTTPBasicAuth(), APIKeyHeaderAuth(param_name="X-Api-Key")


@bearer.verify_token
def token(secret):
    return secret


@basic.verify_password
def password(user, secret):
    return f"{user}/{secret}"


@key.verify_token
def api_key(secret):
    return secret


for name, auth in {"with_bearer": bearer, "with_basic": basic, "with_key": key}.items():

    @app.get(f"/secrets/{name}", endpoint=name)
    @app.auth_required(auth)
    @app.output({"secret": String(required=True)})
    @app.doc(operation_id=name)
    def secret(auth=auth):
        return {"secret": auth.current_user}


def main() -> None:
    if sys.argv[1:] == ["document"]:
        with app.app_context():
            spec = app.spec
        # They come from a set, in another order each time.
        schemes = spec["components"]["securitySchemes"]
        spec["components"]["securitySchemes"] = dict(sorted(schemes.items()))
        print(json.dumps(spec, indent=2))
        return
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(f"http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
