"""The parcels API in Django Ninja. `app.py document` prints its document, `app.py serve` listens on a free port."""

import json
import socket
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

import django
import uvicorn
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a test",
    USE_TZ=True,
)
django.setup()

from django.core.asgi import get_asgi_application
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from ninja import Body, Cookie, File, Form, Header, NinjaAPI, PatchDict, Path, Query, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.security import APIKeyHeader, HttpBasicAuth, HttpBearer
from pydantic import Field
from pydantic_core import to_jsonable_python

HELD: dict[str, Any] = {}
PARCELS: dict[UUID, "Parcel"] = {}
FILES: dict[str, bytes] = {}


def hold(name: str, value: Any) -> None:
    HELD[name] = to_jsonable_python(value)


class Named(NinjaAPI):
    def get_openapi_operation_id(self, operation):
        return operation.view_func.__name__


api = Named(title="Parcels", version="1.0.0", urls_namespace="parcels")


class Kind(StrEnum):
    letter = "letter"
    box = "box"
    pallet = "pallet"


class Address(Schema):
    street: str
    city: str | None
    zip: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None


class NewParcel(Schema):
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


class ParcelPage(Schema):
    items: list[Parcel]
    total: int


class Problem(Schema):
    code: Literal["missing", "conflict", "teapot"]
    message: str


class Circle(Schema):
    kind: Literal["circle"]
    radius: float


class Square(Schema):
    kind: Literal["square"]
    side: float
    label: str | None = None


Shape = Annotated[Circle | Square, Field(discriminator="kind")]


class Loose(Schema):
    value: int | bool | str | list[int] | None


class Tree(Schema):
    name: str
    children: list["Tree"] = []
    left: "Tree | None" = None


class Moments(Schema):
    day: date
    clock: time
    at: datetime
    lasts: timedelta
    amount: Decimal
    id: UUID
    big: int
    ratio: float


class Presence(Schema):
    must: str
    must_nullable: str | None
    may: str = "unset"
    may_nullable: str | None = None
    number: int = 7


class Maps(Schema):
    texts: dict[str, str]
    nested: dict[str, dict[str, int]]
    anything: Any
    pair: tuple[str, int]


def problem(code: str, message: str) -> dict[str, str]:
    return {"code": code, "message": message}


@api.post("/parcels", response={201: Parcel, 409: Problem})
def create_parcel(request, parcel: NewParcel, response: HttpResponse):
    made = Parcel(id=uuid5(NAMESPACE_URL, parcel.name), **parcel.model_dump())
    if made.id in PARCELS:
        return 409, problem("conflict", parcel.name)
    PARCELS[made.id] = made
    hold("create_parcel", made)
    response["Location"] = f"/parcels/{made.id}"
    return 201, made


@api.get("/parcels/{parcel_id}", response={200: Parcel, 404: Problem})
def get_parcel(request, parcel_id: UUID):
    return (200, PARCELS[parcel_id]) if parcel_id in PARCELS else (404, problem("missing", str(parcel_id)))


@api.patch("/parcels/{parcel_id}", response={200: Parcel, 404: Problem})
def update_parcel(request, parcel_id: UUID, patch: PatchDict[NewParcel]):
    if parcel_id not in PARCELS:
        return 404, problem("missing", str(parcel_id))
    hold("update_parcel", patch)
    PARCELS[parcel_id] = Parcel.model_validate(PARCELS[parcel_id].model_dump() | patch)
    return 200, PARCELS[parcel_id]


@api.delete("/parcels/{parcel_id}", response={204: None, 404: Problem})
def delete_parcel(request, parcel_id: UUID):
    if PARCELS.pop(parcel_id, None) is None:
        return 404, problem("missing", str(parcel_id))
    return 204, None


@api.get("/parcels", response=ParcelPage)
def list_parcels(
    request,
    kinds: Annotated[list[Kind] | None, Query()] = None,
    sizes: Annotated[list[int], Query()] = [],
    fragile: bool | None = None,
    made_after: date | None = None,
    sent_before: datetime | None = None,
    price_below: Decimal | None = None,
    name: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: int = 0,
):
    hold("list_parcels", {name: value for name, value in locals().items() if name != "request"})
    found = [parcel for parcel in PARCELS.values() if kinds is None or parcel.kind in kinds]
    return ParcelPage(items=found[offset : offset + limit], total=len(found))


class Filters(Schema):
    words: list[str] = []
    least: float | None = None
    order: Literal["up", "down"] = "up"


@api.get("/query", response=Filters)
def read_query(request, filters: Query[Filters]):
    hold("read_query", filters)
    return filters


@api.post("/shapes", response=list[Shape])
def echo_shapes(request, shapes: list[Shape]):
    hold("echo_shapes", shapes)
    return shapes


@api.post("/loose", response=Loose)
def echo_loose(request, loose: Loose):
    hold("echo_loose", loose)
    return loose


@api.post("/trees", response=Tree)
def echo_tree(request, tree: Tree):
    hold("echo_tree", tree)
    return tree


@api.post("/moments", response=Moments)
def echo_moments(request, moments: Moments):
    hold("echo_moments", moments)
    return moments


@api.post("/presence", response=Presence)
def echo_presence(request, presence: Presence):
    hold("echo_presence", presence.model_dump(exclude_unset=True))
    return presence


@api.post("/presence/set", response=Presence, exclude_unset=True)
def echo_set(request, presence: Presence):
    return presence


@api.post("/maps", response=Maps)
def echo_maps(request, maps: Maps):
    hold("echo_maps", maps)
    return maps


def sight(file: UploadedFile | None) -> dict[str, Any] | None:
    return file and {"name": file.name, "type": file.content_type, "hex": file.read().hex()}


@api.post("/files/one", response=str)
def upload_one(request, file: File[UploadedFile], caption: Form[str], copies: Form[int] = 1):
    hold("upload_one", {"file": sight(file), "caption": caption, "copies": copies})
    return caption


@api.post("/files/many", response=int)
def upload_many(request, files: File[list[UploadedFile]], tags: Form[list[str]] = []):
    hold("upload_many", {"files": [sight(file) for file in files], "tags": tags})
    return len(files)


@api.post("/files/maybe", response=bool)
def upload_maybe(request, file: File[UploadedFile | None] = None, note: Form[str | None] = None):
    hold("upload_maybe", {"file": sight(file), "note": note})
    return file is not None


class About(Schema):
    title: str
    sizes: list[int] = []


@api.post("/files/about", response=str)
def upload_about(request, file: File[UploadedFile], about: Body[About]):
    hold("upload_about", {"file": sight(file), "about": about})
    return about.title


@api.get("/files/{name}/content")
def get_content(request, name: str):
    return HttpResponse(FILES.get(name, b"\x89PNG\0"), content_type="image/png")


@api.post("/forms", response=str)
def send_form(
    request,
    name: Form[str],
    count: Form[int],
    weight: Form[float],
    made_on: Form[date],
    fragile: Form[bool] = False,
    tags: Form[list[str]] = [],
    note: Form[str | None] = None,
):
    hold("send_form", {name: value for name, value in locals().items() if name != "request"})
    return name


@api.get("/headers/plain", response=str)
def read_plain_headers(request, x_text: Header[str]):
    return x_text


@api.get("/headers", response=str)
def read_headers(
    request,
    response: HttpResponse,
    x_text: Annotated[str, Header(alias="X-Text")],
    x_number: Annotated[int, Header(alias="X-Number")] = 0,
):
    hold("read_headers", {"text": x_text, "number": x_number})
    response["X-Seen"] = x_text
    return x_text


@api.get("/cookies", response=str)
def read_cookies(request, session: Cookie[str], visits: Cookie[int | None] = None):
    hold("read_cookies", {"session": session, "visits": visits})
    return session


@api.get("/paths/{text}/{number}/{day}/{kind}", response=str)
def read_path(request, text: str, number: float, day: date, kind: Kind):
    hold("read_path", {"text": text, "number": number, "day": day, "kind": kind})
    return text


@api.get("/rest/{path:rest}", response=str)
def read_rest(request, rest: str):
    hold("read_rest", rest)
    return rest


@api.get("/lines")
def read_lines(request):
    async def lines():
        for number in range(3):
            yield json.dumps({"number": number}) + "\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson")


@api.get("/errors/{status}", response={204: None, 418: Problem})
def fail(request, status: int):
    if status == 418:
        return 418, problem("teapot", "short and stout")
    raise HttpError(status, "no reason")


@api.put("/scalars/text", response=str)
def put_text(request, text: Body[str]):
    hold("put_text", text)
    return text


@api.put("/scalars/numbers", response=list[int])
def put_numbers(request, numbers: list[int]):
    hold("put_numbers", numbers)
    return numbers


@api.put("/scalars/embedded", response=int)
def put_embedded(request, first: Body[int], second: Body[str]):
    hold("put_embedded", {"first": first, "second": second})
    return first


@api.post("/nothing", response={202: None})
def nothing(request):
    return 202, None


class Bearer(HttpBearer):
    def authenticate(self, request, token):
        return token


class Basic(HttpBasicAuth):
    def authenticate(self, request, username, password):
        return f"{username}/{password}"


class Key(APIKeyHeader):
    param_name = "X-Api-Key"

    def authenticate(self, request, key):
        return key


@api.get("/secrets/bearer", auth=Bearer(), response=str)
def with_bearer(request):
    return request.auth


@api.get("/secrets/basic", auth=Basic(), response=str)
def with_basic(request):
    return request.auth


@api.get("/secrets/key", auth=Key(), response=str)
def with_key(request):
    return request.auth


def held(request, name: str):
    return JsonResponse(HELD.get(name), safe=False)


urlpatterns = [path("held/<str:name>", held), path("", api.urls)]


def main() -> None:
    if sys.argv[1:] == ["document"]:
        print(json.dumps(api.get_openapi_schema(path_prefix="/"), indent=2, default=str))
        return
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(get_asgi_application(), log_level="warning", lifespan="off")).run(sockets=[listener])


if __name__ == "__main__":
    sys.modules["app"] = sys.modules[__name__]
    main()
