"""The parcels API in FastAPI. `app.py document` prints its document, `app.py serve` listens on a free port."""

import json
import socket
import sys
from collections.abc import AsyncIterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5, NAMESPACE_URL

import uvicorn
from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Query, Response, UploadFile
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials, HTTPBearer, HTTPAuthorizationCredentials
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import AnyUrl, Base64Bytes, BaseModel, ConfigDict, Field
from pydantic_core import to_jsonable_python

app = FastAPI(
    title="Parcels",
    version="1.0.0",
    generate_unique_id_function=lambda route: route.name,
)

HELD: dict[str, Any] = {}
PARCELS: dict[UUID, "Parcel"] = {}
FILES: dict[str, bytes] = {}


def hold(name: str, value: Any) -> None:
    HELD[name] = to_jsonable_python(value.hex() if isinstance(value, bytes) else value)


@app.get("/held/{name}", include_in_schema=False)
async def held(name: str):
    return HELD.get(name)


class Kind(StrEnum):
    letter = "letter"
    box = "box"
    pallet = "pallet"


class Address(BaseModel):
    street: str
    city: str | None
    zip: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None


class NewParcel(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Kind
    weight: Annotated[float, Field(gt=0)]
    count: Annotated[int, Field(ge=1)] = 1
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


class Parcel(NewParcel):
    id: UUID


class ParcelPatch(BaseModel):
    name: str | None = None
    comment: str | None = None
    address: Address | None = None
    tags: list[str] | None = None


class ParcelPage(BaseModel):
    items: list[Parcel]
    total: int


class Problem(BaseModel):
    code: Literal["missing", "conflict", "teapot"]
    message: str


class Circle(BaseModel):
    kind: Literal["circle"]
    radius: float


class Square(BaseModel):
    kind: Literal["square"]
    side: float
    label: str | None = None


Shape = Annotated[Circle | Square, Field(discriminator="kind")]


class Loose(BaseModel):
    value: int | bool | str | list[int] | None
    either: Circle | Address


class Tree(BaseModel):
    name: str
    children: list["Tree"] = []
    left: "Tree | None" = None


class Moments(BaseModel):
    day: date
    clock: time
    at: datetime
    lasts: timedelta
    amount: Decimal
    id: UUID
    data: Base64Bytes
    link: AnyUrl
    big: int
    ratio: float


class Presence(BaseModel):
    must: str
    must_nullable: str | None
    may: str = "unset"
    may_nullable: str | None = None
    number: int = 7


class Maps(BaseModel):
    model_config = ConfigDict(extra="allow")
    texts: dict[str, str]
    nested: dict[str, dict[str, int]]
    anything: Any
    pair: tuple[str, int]


class Tick(BaseModel):
    number: int
    text: str | None = None


class Loud(Exception):
    def __init__(self, status: int, problem: Problem):
        self.status, self.problem = status, problem


@app.exception_handler(Loud)
async def loud(_, error: Loud):
    return JSONResponse(error.problem.model_dump(), status_code=error.status)


MISSING = {404: {"model": Problem, "description": "There is no such parcel."}}


@app.post("/parcels", status_code=201, responses={409: {"model": Problem}})
async def create_parcel(parcel: NewParcel, response: Response) -> Parcel:
    made = Parcel(id=uuid5(NAMESPACE_URL, parcel.name), **parcel.model_dump())
    if made.id in PARCELS:
        raise Loud(409, Problem(code="conflict", message=parcel.name))
    PARCELS[made.id] = made
    hold("create_parcel", made)
    response.headers["Location"] = f"/parcels/{made.id}"
    return made


@app.get("/parcels/{parcel_id}", responses=MISSING)
async def get_parcel(parcel_id: UUID) -> Parcel:
    if parcel_id not in PARCELS:
        raise Loud(404, Problem(code="missing", message=str(parcel_id)))
    return PARCELS[parcel_id]


@app.patch("/parcels/{parcel_id}", responses=MISSING)
async def update_parcel(parcel_id: UUID, patch: ParcelPatch) -> Parcel:
    if parcel_id not in PARCELS:
        raise Loud(404, Problem(code="missing", message=str(parcel_id)))
    hold("update_parcel", patch.model_dump(exclude_unset=True))
    PARCELS[parcel_id] = PARCELS[parcel_id].model_copy(update=patch.model_dump(exclude_unset=True))
    return PARCELS[parcel_id]


@app.delete("/parcels/{parcel_id}", status_code=204, responses=MISSING)
async def delete_parcel(parcel_id: UUID) -> None:
    if PARCELS.pop(parcel_id, None) is None:
        raise Loud(404, Problem(code="missing", message=str(parcel_id)))


@app.get("/parcels")
async def list_parcels(
    kinds: Annotated[list[Kind] | None, Query()] = None,
    sizes: Annotated[list[int], Query()] = [],
    fragile: bool | None = None,
    made_after: date | None = None,
    sent_before: datetime | None = None,
    price_below: Decimal | None = None,
    name: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: int = 0,
) -> ParcelPage:
    hold("list_parcels", locals())
    found = [parcel for parcel in PARCELS.values() if kinds is None or parcel.kind in kinds]
    return ParcelPage(items=found[offset : offset + limit], total=len(found))


class Filters(BaseModel):
    words: list[str] = []
    least: float | None = None
    order: Literal["up", "down"] = "up"


@app.get("/query")
async def read_query(filters: Annotated[Filters, Query()]) -> Filters:
    hold("read_query", filters)
    return filters


@app.post("/shapes")
async def echo_shapes(shapes: list[Shape]) -> list[Shape]:
    hold("echo_shapes", shapes)
    return shapes


@app.post("/loose")
async def echo_loose(loose: Loose) -> Loose:
    hold("echo_loose", loose)
    return loose


@app.post("/trees")
async def echo_tree(tree: Tree) -> Tree:
    hold("echo_tree", tree)
    return tree


@app.post("/moments")
async def echo_moments(moments: Moments) -> Moments:
    hold("echo_moments", moments.model_dump(mode="json") | {"data": moments.data.hex()})
    return moments


@app.post("/presence")
async def echo_presence(presence: Presence) -> Presence:
    hold("echo_presence", presence.model_dump(exclude_unset=True))
    return presence


@app.post("/presence/set", response_model_exclude_unset=True)
async def echo_set(presence: Presence) -> Presence:
    return presence


@app.post("/maps")
async def echo_maps(maps: Maps) -> Maps:
    hold("echo_maps", maps)
    return maps


async def sight(file: UploadFile | None) -> dict[str, Any] | None:
    if file is None:
        return None
    return {"name": file.filename, "type": file.content_type, "hex": (await file.read()).hex()}


@app.post("/files/one")
async def upload_one(
    file: UploadFile, caption: Annotated[str, Form()], copies: Annotated[int, Form()] = 1
) -> dict[str, Any]:
    hold("upload_one", {"file": await sight(file), "caption": caption, "copies": copies})
    return HELD["upload_one"]


@app.post("/files/many")
async def upload_many(files: list[UploadFile], tags: Annotated[list[str], Form()] = []) -> int:
    hold("upload_many", {"files": [await sight(file) for file in files], "tags": tags})
    return len(files)


@app.post("/files/maybe")
async def upload_maybe(file: UploadFile | None = None, note: Annotated[str | None, Form()] = None) -> bool:
    hold("upload_maybe", {"file": await sight(file), "note": note})
    return file is not None


@app.post("/files/raw")
async def upload_raw(raw: Annotated[bytes, File()]) -> int:
    hold("upload_raw", raw)
    return len(raw)


@app.put("/files/{name}/content", status_code=204)
async def put_content(name: str, content: Annotated[bytes, Body(media_type="application/octet-stream")]) -> None:
    hold("put_content", content)
    FILES[name] = content


class Png(Response):
    media_type = "image/png"


@app.get("/files/{name}/content", response_class=Png)
async def get_content(name: str):
    return Png(FILES[name])


@app.post("/forms")
async def send_form(
    name: Annotated[str, Form()],
    count: Annotated[int, Form()],
    weight: Annotated[float, Form()],
    made_on: Annotated[date, Form()],
    fragile: Annotated[bool, Form()] = False,
    tags: Annotated[list[str], Form()] = [],
    note: Annotated[str | None, Form()] = None,
) -> str:
    hold("send_form", locals())
    return name


@app.get("/headers")
async def read_headers(
    response: Response,
    x_text: Annotated[str, Header()],
    x_number: Annotated[int, Header()] = 0,
    x_words: Annotated[list[str] | None, Header()] = None,
) -> str:
    hold("read_headers", {"text": x_text, "number": x_number, "words": x_words})
    response.headers["X-Seen"] = x_text
    return x_text


@app.get("/cookies")
async def read_cookies(session: Annotated[str, Cookie()], visits: Annotated[int | None, Cookie()] = None) -> str:
    hold("read_cookies", {"session": session, "visits": visits})
    return session


@app.get("/paths/{text}/{number}/{day}/{kind}")
async def read_path(text: str, number: float, day: date, kind: Kind) -> str:
    hold("read_path", locals())
    return text


@app.get("/rest/{rest:path}")
async def read_rest(rest: str) -> str:
    hold("read_rest", rest)
    return rest


@app.get("/events", response_class=EventSourceResponse)
async def watch() -> AsyncIterable[Tick]:
    for number in range(3):
        yield Tick(number=number, text="line\nbreak" if number else None)


@app.get("/events/named", response_class=EventSourceResponse)
async def watch_named() -> AsyncIterable[ServerSentEvent]:
    yield ServerSentEvent(data={"number": 1}, event="tick", id="a1")
    yield ServerSentEvent(raw_data="plain words", event="note", comment="still here")


@app.get("/lines")
async def read_lines() -> AsyncIterable[Tick]:
    for number in range(3):
        yield Tick(number=number)


@app.get("/text", response_class=PlainTextResponse)
async def read_text() -> str:
    return "plain “words”"


@app.get("/errors/{status}", responses={418: {"model": Problem}, 503: {"description": "Not now."}})
async def fail(status: int) -> None:
    if status == 418:
        raise Loud(418, Problem(code="teapot", message="short and stout"))
    raise HTTPException(status, detail="no reason")


@app.put("/scalars/text")
async def put_text(text: Annotated[str, Body()]) -> str:
    hold("put_text", text)
    return text


@app.put("/scalars/numbers")
async def put_numbers(numbers: list[int]) -> list[int]:
    hold("put_numbers", numbers)
    return numbers


@app.put("/scalars/embedded")
async def put_embedded(first: Annotated[int, Body()], second: Annotated[str, Body()], tree: Tree | None = None) -> int:
    hold("put_embedded", locals())
    return first


@app.post("/nothing", status_code=202)
async def nothing() -> None:
    hold("nothing", True)


bearer, basic, key = HTTPBearer(), HTTPBasic(), APIKeyHeader(name="X-Api-Key")


@app.get("/secrets/bearer")
async def with_bearer(token: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> str:
    return token.credentials


@app.get("/secrets/basic")
async def with_basic(user: Annotated[HTTPBasicCredentials, Depends(basic)]) -> str:
    return f"{user.username}/{user.password}"


@app.get("/secrets/key")
async def with_key(secret: Annotated[str, Depends(key)]) -> str:
    return secret


def main() -> None:
    if sys.argv[1:] == ["document"]:
        print(json.dumps(app.openapi(), indent=2))
        return
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


main()
