"""Reads requests with Werkzeug and Starlette, and compares the values with those that went in."""

import asyncio
import io
import json
import sys
from urllib.parse import unquote

from starlette.requests import Request as StarletteRequest
from werkzeug.datastructures import FileStorage
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request


def text(value):
    """Text is all that a query or a form has."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [text(item) for item in value]
    if isinstance(value, dict):
        return {key: text(item) for key, item in value.items()}
    return str(value)


def environ(case):
    query = case["sent"] if case["place"] == "query" else ""
    environ = EnvironBuilder(path="/", method="POST").get_environ()
    environ["QUERY_STRING"] = query
    if case["place"] == "cookie":
        environ["HTTP_COOKIE"] = case["sent"]
    if case["place"] == "body":
        body = case["sent"].encode()
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["CONTENT_TYPE"] = case["media"]
    return environ


def starlette(case):
    body = case["sent"].encode() if case["place"] == "body" else b""
    headers = [(b"content-type", case["media"].encode()), (b"content-length", str(len(body)).encode())]
    if case["place"] == "cookie":
        headers.append((b"cookie", case["sent"].encode()))
    query = case["sent"] if case["place"] == "query" else ""
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": query.encode(), "headers": headers}

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    return StarletteRequest(scope, receive)


async def read_starlette(case):
    request = starlette(case)
    if case["place"] == "query":
        return request.query_params.getlist("n"), dict(request.query_params.multi_items())
    if case["place"] == "cookie":
        return [unquote(value) for name, value in request.cookies.items() if name == "n"], {}
    form = await request.form()
    values = []
    for name, part in form.multi_items():
        if name == "n":
            values.append(part if isinstance(part, str) else (await part.read()).decode())
    return values, {}


def read_werkzeug(case):
    request = Request(environ(case))
    if case["place"] == "query":
        return request.args.getlist("n"), request.args.to_dict()
    if case["place"] == "cookie":
        return [unquote(value) for value in request.cookies.getlist("n")], {}
    values = request.form.getlist("n")
    values += [FileStorage.read(part).decode() for part in request.files.getlist("n")]
    return values, {}


def agrees(case, values):
    """Whether the texts under the name are the value that went in, as the kind of case has it."""
    kind, value = case["kind"], case["value"]
    if kind == "repeated":
        return values == text(value if isinstance(value, list) else [value])
    if kind == "nested":
        return [json.loads(each) for each in values] == value
    if kind == "json":
        return len(values) == 1 and json.loads(values[0]) == value
    if kind == "joined":
        return len(values) == 1 and values[0].split(case["between"]) == text(value)
    return None


def main():
    tried, wrong = 0, 0
    for line in open(sys.argv[1], encoding="utf-8"):
        case = json.loads(line)
        if case["kind"] == "built":
            continue
        if case["place"] == "path":
            segments = case["sent"].split("/")
            found = [(name, [unquote(segments[2])] if len(segments) == 4 else []) for name in ["urllib"]]
        else:
            found = [("werkzeug", read_werkzeug(case)[0]), ("starlette", asyncio.run(read_starlette(case))[0])]
        for name, values in found:
            fits = agrees(case, values)
            if fits is None:
                continue
            tried += 1
            if not fits:
                wrong += 1
                print(json.dumps({"reader": name, "found": values, **case}, ensure_ascii=False))
    print(f"werkzeug and starlette: {tried - wrong} of {tried} values are read as they went in")
    sys.exit(0 if tried and not wrong else 1)


main()
