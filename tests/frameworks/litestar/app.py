"""The parcels API in Litestar with msgspec. `app.py document` prints its document, `app.py serve` listens on a free port."""

import json
import socket
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
import uvicorn
from litestar import Litestar, MediaType, Request, Response, delete, get, patch, post, put
from litestar.connection import ASGIConnection
from litestar.datastructures import ResponseHeader, UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import Body, Parameter
from litestar.response import ServerSentEvent, ServerSentEventMessage, Stream
from msgspec import UNSET, Meta, Struct, UnsetType

HELD: dict[str, Any] = {}
PARCELS: dict[UUID, "Parcel"] = {}
FILES: dict[str, bytes] = {}


def hold(name: str, value: Any) -> None:
    HELD[name] = json.loads(msgspec.json.encode(value))


@get("/held/{name:str}", include_in_schema=False)
async def held(name: str) -> Any:
    return Response(json.dumps(HELD.get(name)), media_type="application/json")


class Kind(str, Enum):
    letter = "letter"
    box = "box"
    pallet = "pallet"


class Address(Struct):
    street: str
    city: str | None
    zip: Annotated[str, Meta(pattern=r"^\d{5}$")] | None = None


class NewParcel(Struct, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    kind: Kind
    weight: Annotated[float, Meta(gt=0)]
    count: Annotated[int, Meta(ge=1)] = 1
    price: Decimal
    fragile: bool = False
    tags: list[str]
    sizes: list[int] | None = None
    made_on: date
    sent_at: datetime
    note: str | None
    comment: str | None = None
    address: Address | None = None
    labels: dict[str, str] = {}
    extra: dict[str, Any] | None = None


class Parcel(NewParcel, kw_only=True):
    id: UUID


class ParcelPatch(Struct):
    name: str | UnsetType = UNSET
    comment: str | None | UnsetType = UNSET
    address: Address | None | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET


class ParcelPage(Struct):
    items: list[Parcel]
    total: int


class Problem(Struct):
    code: Literal["missing", "conflict", "teapot"]
    message: str


class Circle(Struct, tag_field="kind", tag="circle"):
    radius: float


class Square(Struct, tag_field="kind", tag="square"):
    side: float
    label: str | None = None


class Loose(Struct):
    value: int | bool | str | list[int] | None


class Tree(Struct):
    name: str
    children: list["Tree"] = []
    left: "Tree | None" = None


class Moments(Struct):
    day: date
    clock: time
    at: datetime
    lasts: timedelta
    amount: Decimal
    id: UUID
    data: bytes
    big: int
    ratio: float


class Presence(Struct):
    must: str
    must_nullable: str | None
    may: str | UnsetType = UNSET
    may_nullable: str | None | UnsetType = UNSET
    number: int = 7


class Maps(Struct):
    texts: dict[str, str]
    nested: dict[str, dict[str, int]]
    anything: Any
    pair: tuple[str, int]


class Tick(Struct):
    number: int
    text: str | None = None


class Loud(Exception):
    def __init__(self, status: int, code: str, message: str):
        self.status, self.problem = status, Problem(code, message)


def loud(_: Request, error: Loud) -> Response[Problem]:
    return Response(error.problem, status_code=error.status)


def problem(description: str) -> ResponseSpec:
    return ResponseSpec(Problem, description=description, generate_examples=False)


MISSING = {404: problem("There is no such parcel.")}


@post(
    "/parcels",
    operation_id="create_parcel",
    responses={409: problem("There is one of that name.")},
    response_headers=[ResponseHeader(name="Location", value="/parcels/..", description="Where it is.", documentation_only=True)],
)
async def create_parcel(data: NewParcel) -> Response[Parcel]:
    made = Parcel(id=uuid5(NAMESPACE_URL, data.name), **msgspec.structs.asdict(data))
    if made.id in PARCELS:
        raise Loud(409, "conflict", data.name)
    PARCELS[made.id] = made
    hold("create_parcel", made)
    return Response(made, headers={"Location": f"/parcels/{made.id}"})


def known(parcel_id: UUID) -> Parcel:
    if parcel_id not in PARCELS:
        raise Loud(404, "missing", str(parcel_id))
    return PARCELS[parcel_id]


@get("/parcels/{parcel_id:uuid}", operation_id="get_parcel", responses=MISSING)
async def get_parcel(parcel_id: UUID) -> Parcel:
    return known(parcel_id)


@patch("/parcels/{parcel_id:uuid}", operation_id="update_parcel", responses=MISSING)
async def update_parcel(parcel_id: UUID, data: ParcelPatch) -> Parcel:
    parcel = known(parcel_id)
    hold("update_parcel", data)
    for name, value in msgspec.structs.asdict(data).items():
        if value is not UNSET:
            setattr(parcel, name, value)
    return parcel


@delete("/parcels/{parcel_id:uuid}", operation_id="delete_parcel", responses=MISSING)
async def delete_parcel(parcel_id: UUID) -> None:
    known(parcel_id)
    del PARCELS[parcel_id]


@get("/parcels", operation_id="list_parcels")
async def list_parcels(
    kinds: list[Kind] | None = None,
    sizes: list[int] | None = None,
    fragile: bool | None = None,
    made_after: date | None = None,
    sent_before: datetime | None = None,
    price_below: Decimal | None = None,
    name: str | None = None,
    limit: Annotated[int, Parameter(ge=1, le=100)] = 20,
    offset: int = 0,
) -> ParcelPage:
    hold("list_parcels", locals())
    found = [parcel for parcel in PARCELS.values() if kinds is None or parcel.kind in kinds]
    return ParcelPage(items=found[offset : offset + limit], total=len(found))


@post("/shapes", operation_id="echo_shapes", status_code=200)
async def echo_shapes(data: list[Circle | Square]) -> list[Circle | Square]:
    hold("echo_shapes", data)
    return data


@post("/loose", operation_id="echo_loose", status_code=200)
async def echo_loose(data: Loose) -> Loose:
    hold("echo_loose", data)
    return data


@post("/trees", operation_id="echo_tree", status_code=200)
async def echo_tree(data: Tree) -> Tree:
    hold("echo_tree", data)
    return data


@post("/moments", operation_id="echo_moments", status_code=200)
async def echo_moments(data: Moments) -> Moments:
    hold("echo_moments", msgspec.to_builtins(data) | {"data": data.data.hex()})
    return data


@post("/presence", operation_id="echo_presence", status_code=200)
async def echo_presence(data: Presence) -> Presence:
    hold("echo_presence", data)
    return data


@post("/maps", operation_id="echo_maps", status_code=200)
async def echo_maps(data: Maps) -> Maps:
    hold("echo_maps", data)
    return data


async def sight(file: UploadFile | None) -> dict[str, Any] | None:
    if file is None:
        return None
    return {"name": file.filename, "type": file.content_type, "hex": (await file.read()).hex()}


Multipart = Body(media_type=RequestEncodingType.MULTI_PART)


@dataclass
class OneFile:
    file: UploadFile
    caption: str
    copies: int = 1


@post("/files/one", operation_id="upload_one", status_code=200)
async def upload_one(data: Annotated[OneFile, Multipart]) -> str:
    hold("upload_one", {"file": await sight(data.file), "caption": data.caption, "copies": data.copies})
    return data.caption


@dataclass
class ManyFiles:
    files: list[UploadFile]
    tags: list[str] = field(default_factory=list)


@post("/files/many", operation_id="upload_many", status_code=200)
async def upload_many(data: Annotated[ManyFiles, Multipart]) -> int:
    hold("upload_many", {"files": [await sight(file) for file in data.files], "tags": data.tags})
    return len(data.files)


@dataclass
class MaybeFile:
    file: UploadFile | None = None
    note: str | None = None


@post("/files/maybe", operation_id="upload_maybe", status_code=200)
async def upload_maybe(data: Annotated[MaybeFile, Multipart]) -> bool:
    hold("upload_maybe", {"file": await sight(data.file), "note": data.note})
    return data.file is not None


@post("/files/alone", operation_id="upload_alone", status_code=200)
async def upload_alone(data: Annotated[UploadFile, Multipart]) -> int:
    hold("upload_alone", await sight(data))
    return 1


@put("/files/{name:str}/content", operation_id="put_content", status_code=204)
async def put_content(name: str, body: bytes) -> None:
    hold("put_content", body.hex())
    FILES[name] = body


@get("/files/{name:str}/content", operation_id="get_content", media_type="image/png")
async def get_content(name: str) -> bytes:
    return FILES[name]


@dataclass
class Sent:
    name: str
    count: int
    weight: float
    made_on: date
    fragile: bool = False
    tags: list[str] = field(default_factory=list)
    note: str | None = None


@post("/forms", operation_id="send_form", status_code=200)
async def send_form(data: Annotated[Sent, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> str:
    hold("send_form", data)
    return data.name


@get("/headers", operation_id="read_headers")
async def read_headers(
    text: Annotated[str, Parameter(header="X-Text")],
    number: Annotated[int, Parameter(header="X-Number")] = 0,
    words: Annotated[list[str] | None, Parameter(header="X-Words")] = None,
) -> Response[str]:
    hold("read_headers", {"text": text, "number": number, "words": words})
    return Response(text, headers={"X-Seen": text})


@get("/cookies", operation_id="read_cookies")
async def read_cookies(
    session: Annotated[str, Parameter(cookie="session")],
    visits: Annotated[int | None, Parameter(cookie="visits")] = None,
) -> str:
    hold("read_cookies", {"session": session, "visits": visits})
    return session


@get("/paths/{text:str}/{number:float}/{day:date}/{kind:str}", operation_id="read_path")
async def read_path(text: str, number: float, day: date, kind: Kind) -> str:
    hold("read_path", locals())
    return text


@get("/rest/{rest:path}", operation_id="read_rest")
async def read_rest(rest: str) -> str:
    hold("read_rest", str(rest))
    return str(rest)


@get("/events", operation_id="watch")
async def watch() -> ServerSentEvent:
    async def ticks() -> AsyncGenerator[ServerSentEventMessage, None]:
        for number in range(3):
            yield ServerSentEventMessage(data=json.dumps({"number": number}), event="tick", id=str(number))

    return ServerSentEvent(ticks())


@get("/lines", operation_id="read_lines", media_type="application/x-ndjson")
async def read_lines() -> Stream:
    async def lines() -> AsyncGenerator[bytes, None]:
        for number in range(3):
            yield msgspec.json.encode(Tick(number)) + b"\n"

    return Stream(lines())


@get("/text", operation_id="read_text", media_type=MediaType.TEXT)
async def read_text() -> str:
    return "plain “words”"


@get("/errors/{status:int}", operation_id="fail", responses={418: problem("A teapot.")})
async def fail(status: int) -> None:
    if status == 418:
        raise Loud(418, "teapot", "short and stout")
    raise HTTPException("no reason", status_code=status)


@put("/scalars/text", operation_id="put_text")
async def put_text(data: str) -> str:
    hold("put_text", data)
    return data


@put("/scalars/numbers", operation_id="put_numbers")
async def put_numbers(data: list[int]) -> list[int]:
    hold("put_numbers", data)
    return data


@post("/nothing", operation_id="nothing", status_code=202)
async def nothing() -> None:
    hold("nothing", True)


def secret(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    if not (connection.headers.get("Authorization") or connection.headers.get("X-Api-Key")):
        raise NotAuthorizedException()


@get("/secrets/bearer", operation_id="with_bearer", security=[{"bearer": []}], guards=[secret])
async def with_bearer(request: Request) -> str:
    return request.headers["Authorization"]


@get("/secrets/key", operation_id="with_key", security=[{"key": []}], guards=[secret])
async def with_key(request: Request) -> str:
    return request.headers["X-Api-Key"]


app = Litestar(
    [value for value in list(globals().values()) if isinstance(value, BaseRouteHandler)],
    exception_handlers={Loud: loud},
    openapi_config=OpenAPIConfig(
        title="Parcels",
        version="1.0.0",
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer"),
                "key": SecurityScheme(type="apiKey", name="X-Api-Key", security_scheme_in="header"),
            }
        ),
    ),
)


def main() -> None:
    if sys.argv[1:] == ["document"]:
        print(json.dumps(app.openapi_schema.to_schema(), indent=2))
        return
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


main()
