#!/usr/bin/env bash
# Django Ninja 1.7.1 (pydantic 2.14.4): a patch made by `PatchDict` still has to bring every member that may be null.
#
# `PatchDict[Schema]` is there to make all members optional. Those that are not nullable become so, and may be null as
# well. A member that is required and nullable, `note: str | None`, counts as optional already and stays required, in the
# document and on the server.
#
# Output seen: "required in a patch: ['note']; {title} is answered with 422; {title, note} with 200"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet django==5.2.19 django-ninja==1.7.1 pydantic==2.14.4
cat > "$folder/app.py" <<'PY'
import django
from django.conf import settings

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="of a test")
django.setup()

from django.test import Client
from django.urls import path
from ninja import NinjaAPI, PatchDict, Schema

api = NinjaAPI()


class Item(Schema):
    title: str
    note: str | None


@api.patch("/item")
def patch(request, item: PatchDict[Item]):
    return item


urlpatterns = [path("", api.urls)]
required = api.get_openapi_schema(path_prefix="/")["components"]["schemas"]["ItemPatch"].get("required")


def status(body):
    return Client().patch("/item", data=body, content_type="application/json").status_code


print(
    f"required in a patch: {required}; {{title}} is answered with {status({'title': 't'})}; "
    f"{{title, note}} with {status({'title': 't', 'note': None})}"
)
PY
found=$(cd "$folder" && "$folder/venv/bin/python" app.py 2> "$folder/log")
echo "$found"
[ "$found" = "required in a patch: ['note']; {title} is answered with 422; {title, note} with 200" ]
