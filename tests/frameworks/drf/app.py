"""The parcels API in Django REST framework with drf-spectacular. `app.py document` prints its document, `app.py serve`
listens on a free port."""

import json
import socket
import sys
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import django
import uvicorn
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a test",
    TIME_ZONE="UTC",
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "drf_spectacular"],
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
    SPECTACULAR_SETTINGS={
        "TITLE": "Parcels",
        "VERSION": "1.0.0",
        "COMPONENT_SPLIT_REQUEST": True,
        "SERVE_INCLUDE_SCHEMA": False,
        "APPEND_COMPONENTS": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
            }
        },
    },
)
django.setup()

from django.core.asgi import get_asgi_application
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_field,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser, BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

HELD: dict[str, Any] = {}
PARCELS: dict[str, dict[str, Any]] = {}
FILES: dict[str, bytes] = {}


def hold(name: str, value: Any) -> None:
    HELD[name] = value


KINDS = ["letter", "box", "pallet"]


class Address(serializers.Serializer):
    street = serializers.CharField()
    city = serializers.CharField(allow_null=True)
    zip = serializers.RegexField(r"^\d{5}$", required=False)


class NewParcel(serializers.Serializer):
    name = serializers.CharField(min_length=1, max_length=40)
    kind = serializers.ChoiceField(KINDS)
    weight = serializers.FloatField(min_value=0)
    count = serializers.IntegerField(min_value=1, default=1)
    price = serializers.DecimalField(max_digits=10, decimal_places=2)
    fragile = serializers.BooleanField(default=False)
    tags = serializers.ListField(child=serializers.CharField(allow_blank=True))
    sizes = serializers.ListField(child=serializers.IntegerField(), allow_null=True, required=False)
    made_on = serializers.DateField()
    sent_at = serializers.DateTimeField()
    note = serializers.CharField(allow_null=True)
    comment = serializers.CharField(allow_null=True, required=False)
    address = Address(allow_null=True, required=False)
    labels = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    extra = serializers.JSONField(required=False)


class Parcel(NewParcel):
    id = serializers.UUIDField(read_only=True)


class ParcelPage(serializers.Serializer):
    items = Parcel(many=True)
    total = serializers.IntegerField()


class Problem(serializers.Serializer):
    code = serializers.ChoiceField(["missing", "conflict", "teapot"])
    message = serializers.CharField()


class Circle(serializers.Serializer):
    kind = serializers.ChoiceField(["circle"])
    radius = serializers.FloatField()


class Square(serializers.Serializer):
    kind = serializers.ChoiceField(["square"])
    side = serializers.FloatField()
    label = serializers.CharField(required=False)


Shape = PolymorphicProxySerializer(
    component_name="Shape", serializers={"circle": Circle, "square": Square}, resource_type_field_name="kind"
)


class Tree(serializers.Serializer):
    name = serializers.CharField()

    def get_fields(self):
        fields = super().get_fields()
        fields["children"] = Tree(many=True)
        fields["left"] = Tree(required=False, allow_null=True)
        return fields


class Moments(serializers.Serializer):
    day = serializers.DateField()
    clock = serializers.TimeField()
    at = serializers.DateTimeField()
    lasts = serializers.DurationField()
    amount = serializers.DecimalField(max_digits=30, decimal_places=10)
    id = serializers.UUIDField()
    link = serializers.URLField()
    big = serializers.IntegerField()
    ratio = serializers.FloatField()
    address = serializers.IPAddressField()


class Presence(serializers.Serializer):
    must = serializers.CharField(allow_blank=True)
    must_nullable = serializers.CharField(allow_null=True)
    may = serializers.CharField(required=False)
    may_nullable = serializers.CharField(required=False, allow_null=True)
    maybe_flag = serializers.BooleanField(required=False)
    choice = serializers.ChoiceField(["up", "down"], required=False, allow_null=True, allow_blank=True)
    number = serializers.IntegerField(default=7)


class Maps(serializers.Serializer):
    texts = serializers.DictField(child=serializers.CharField())
    nested = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    anything = serializers.JSONField()


class Loud(APIException):
    def __init__(self, status: int, code: str, message: str):
        self.status_code = status
        self.detail = {"code": code, "message": message}


def sight(file: Any) -> dict[str, Any] | None:
    return file and {"name": file.name, "type": file.content_type, "hex": file.read().hex()}


def known(id: Any) -> dict[str, Any]:
    if str(id) not in PARCELS:
        raise Loud(404, "missing", str(id))
    return PARCELS[str(id)]


def read(serializer: type[serializers.Serializer], request: Any, **options: Any) -> Any:
    reader = serializer(data=request.data, **options)
    reader.is_valid(raise_exception=True)
    return reader.validated_data


LIST = [
    OpenApiParameter("kinds", {"type": "array", "items": {"type": "string", "enum": KINDS}}),
    OpenApiParameter("sizes", int, many=True),
    OpenApiParameter("fragile", bool),
    OpenApiParameter("made_after", OpenApiTypes.DATE),
    OpenApiParameter("sent_before", OpenApiTypes.DATETIME),
    OpenApiParameter("price_below", OpenApiTypes.DECIMAL),
    OpenApiParameter("name", str),
    OpenApiParameter("limit", int, default=20),
    OpenApiParameter("offset", int, default=0),
]


class Parcels(APIView):
    @extend_schema(operation_id="create_parcel", request=NewParcel, responses={201: Parcel, 409: Problem})
    def post(self, request):
        made = read(NewParcel, request)
        id = uuid5(NAMESPACE_URL, made["name"])
        if str(id) in PARCELS:
            raise Loud(409, "conflict", made["name"])
        PARCELS[str(id)] = made | {"id": id}
        sent = Parcel(PARCELS[str(id)]).data
        hold("create_parcel", sent)
        return Response(sent, status=201, headers={"Location": f"/parcels/{id}"})

    @extend_schema(operation_id="list_parcels", parameters=LIST, responses=ParcelPage)
    def get(self, request):
        query = request.query_params
        hold("list_parcels", {name: query.getlist(name) for name in query})
        found = [parcel for parcel in PARCELS.values() if "kinds" not in query or parcel["kind"] in query.getlist("kinds")]
        return Response(ParcelPage({"items": found, "total": len(found)}).data)


class One(APIView):
    @extend_schema(operation_id="get_parcel", responses={200: Parcel, 404: Problem})
    def get(self, request, parcel_id):
        return Response(Parcel(known(parcel_id)).data)

    @extend_schema(operation_id="update_parcel", request=NewParcel, responses={200: Parcel, 404: Problem})
    def patch(self, request, parcel_id):
        parcel = known(parcel_id)
        patch = read(NewParcel, request, partial=True)
        hold("update_parcel", json.loads(json.dumps(patch, default=str)))
        parcel |= patch
        return Response(Parcel(parcel).data)

    @extend_schema(operation_id="delete_parcel", responses={204: None, 404: Problem})
    def delete(self, request, parcel_id):
        known(parcel_id)
        del PARCELS[str(parcel_id)]
        return Response(status=204)


def echo(name: str, serializer: type[serializers.Serializer]):
    class Echo(APIView):
        @extend_schema(operation_id=name, request=serializer, responses=serializer)
        def post(self, request):
            data = read(serializer, request)
            hold(name, json.loads(json.dumps(request.data)))
            return Response(serializer(data).data)

    return Echo


class Shapes(APIView):
    @extend_schema(operation_id="echo_shape", request=Shape, responses=Shape)
    def post(self, request):
        hold("echo_shape", request.data)
        return Response(request.data)


class OneFile(serializers.Serializer):
    file = serializers.FileField()
    caption = serializers.CharField()
    copies = serializers.IntegerField(default=1)


class ManyFiles(serializers.Serializer):
    files = serializers.ListField(child=serializers.FileField())
    tags = serializers.ListField(child=serializers.CharField(), required=False)


class MaybeFile(serializers.Serializer):
    file = serializers.FileField(required=False, allow_null=True)
    note = serializers.CharField(required=False)


class UploadOne(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="upload_one", request=OneFile, responses=OpenApiTypes.STR)
    def post(self, request):
        data = read(OneFile, request)
        hold("upload_one", data | {"file": sight(data["file"])})
        return Response(data["caption"])


class UploadMany(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="upload_many", request=ManyFiles, responses=OpenApiTypes.INT)
    def post(self, request):
        data = read(ManyFiles, request)
        hold("upload_many", {"files": [sight(file) for file in data["files"]], "tags": data.get("tags")})
        return Response(len(data["files"]))


class UploadMaybe(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="upload_maybe", request=MaybeFile, responses=OpenApiTypes.BOOL)
    def post(self, request):
        data = read(MaybeFile, request)
        hold("upload_maybe", {"file": sight(data.get("file")), "note": data.get("note")})
        return Response("file" in data)


class Octets(BaseParser):
    media_type = "application/octet-stream"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read()


class Png(BaseRenderer):
    media_type, format, render_style = "image/png", "png", "binary"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data


class Content(APIView):
    parser_classes = [Octets]

    def get_renderers(self):
        return [Png()]

    @extend_schema(operation_id="put_content", request=OpenApiTypes.BINARY, responses={204: None})
    def put(self, request, name):
        hold("put_content", request.data.hex())
        FILES[name] = request.data
        return Response(status=204)

    @extend_schema(operation_id="get_content", responses={(200, "image/png"): OpenApiTypes.BINARY})
    def get(self, request, name):
        return Response(FILES[name])


class Sent(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField()
    weight = serializers.FloatField()
    made_on = serializers.DateField()
    fragile = serializers.BooleanField(required=False)
    tags = serializers.ListField(child=serializers.CharField(allow_blank=True), required=False)
    note = serializers.CharField(required=False)


class Forms(APIView):
    parser_classes = [FormParser]

    @extend_schema(operation_id="send_form", request=Sent, responses=OpenApiTypes.STR)
    def post(self, request):
        data = read(Sent, request)
        hold("send_form", json.loads(json.dumps(data, default=str)))
        return Response(data["name"])


HEADERS = [
    OpenApiParameter("X-Text", str, OpenApiParameter.HEADER, required=True),
    OpenApiParameter("X-Number", int, OpenApiParameter.HEADER),
    OpenApiParameter("session", str, OpenApiParameter.COOKIE),
]


class Heads(APIView):
    @extend_schema(operation_id="read_headers", parameters=HEADERS, responses=OpenApiTypes.STR)
    def get(self, request):
        text = request.headers["X-Text"]
        hold("read_headers", {"text": text, "number": request.headers.get("X-Number"), "session": request.COOKIES.get("session")})
        return Response(text, headers={"X-Seen": text})


class Paths(APIView):
    @extend_schema(operation_id="read_path", responses=OpenApiTypes.STR)
    def get(self, request, text, number, kind):
        hold("read_path", {"text": text, "number": number, "kind": kind})
        return Response(text)


class Lines(APIView):
    @extend_schema(operation_id="read_lines", responses={(200, "application/x-ndjson"): Problem})
    def get(self, request):
        async def lines():
            for message in ["a", "b"]:
                yield json.dumps({"code": "teapot", "message": message}) + "\n"

        return StreamingHttpResponse(lines(), content_type="application/x-ndjson")


class Text(APIView):
    @extend_schema(operation_id="read_text", responses={(200, "text/plain"): OpenApiTypes.STR})
    def get(self, request):
        return HttpResponse("plain “words”", content_type="text/plain; charset=utf-8")


class Errors(APIView):
    @extend_schema(
        operation_id="fail",
        responses={204: OpenApiResponse(description="Never."), 418: Problem},
        parameters=[OpenApiParameter("status", int, OpenApiParameter.PATH)],
    )
    def get(self, request, status):
        if status == 418:
            raise Loud(418, "teapot", "short and stout")
        error = APIException("no reason")
        error.status_code = status
        raise error


class Numbers(APIView):
    @extend_schema(
        operation_id="put_numbers",
        request={"application/json": {"type": "array", "items": {"type": "integer"}}},
        responses={200: serializers.ListSerializer(child=serializers.IntegerField())},
    )
    def put(self, request):
        hold("put_numbers", request.data)
        return Response(request.data)


class Nothing(APIView):
    @extend_schema(operation_id="nothing", request=None, responses={202: None})
    def post(self, request):
        return Response(status=202)


def secret(kind: str, header: str):
    class Secret(APIView):
        @extend_schema(operation_id=f"with_{kind}", auth=[{kind: []}], responses=OpenApiTypes.STR)
        def get(self, request):
            return Response(request.headers.get(header, ""))

    return Secret


def held(request, name: str):
    return JsonResponse(HELD.get(name), safe=False)


urlpatterns = [
    path("held/<str:name>", held),
    path("parcels", Parcels.as_view()),
    path("parcels/<uuid:parcel_id>", One.as_view()),
    path("shapes", Shapes.as_view()),
    path("trees", echo("echo_tree", Tree).as_view()),
    path("moments", echo("echo_moments", Moments).as_view()),
    path("presence", echo("echo_presence", Presence).as_view()),
    path("maps", echo("echo_maps", Maps).as_view()),
    path("files/one", UploadOne.as_view()),
    path("files/many", UploadMany.as_view()),
    path("files/maybe", UploadMaybe.as_view()),
    path("files/<str:name>/content", Content.as_view()),
    path("forms", Forms.as_view()),
    path("headers", Heads.as_view()),
    path("paths/<str:text>/<int:number>/<str:kind>", Paths.as_view()),
    path("lines", Lines.as_view()),
    path("text", Text.as_view()),
    path("errors/<int:status>", Errors.as_view()),
    path("scalars/numbers", Numbers.as_view()),
    path("nothing", Nothing.as_view()),
    path("secrets/bearer", secret("bearer", "Authorization").as_view()),
    path("secrets/basic", secret("basic", "Authorization").as_view()),
    path("secrets/key", secret("key", "X-Api-Key").as_view()),
]


def main() -> None:
    if sys.argv[1:] == ["document"]:
        print(json.dumps(SchemaGenerator().get_schema(request=None, public=True), indent=2))
        return
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(get_asgi_application(), log_level="warning", lifespan="off")).run(sockets=[listener])


if __name__ == "__main__":
    main()
