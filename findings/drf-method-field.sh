#!/usr/bin/env bash
# drf-spectacular 0.30.0: a `SerializerMethodField` without a type hint is documented as a string that is always there.
#
# What its method gives is sent as it is: a list, an object, null. The document calls each of them `type: string`,
# `readOnly: true`, and lists it under `required`, never as nullable. The generator of the document warns on stderr and goes
# on with status 0, so that published documents have such members: those of Label Studio 1.23.2 have several in each project.
#
# Output seen: "tags: string; owner: string; required: ['id', 'owner', 'tags']; sent: {'id': 7, 'tags': ['a', 'b'], 'owner': None}"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet django==5.2.19 djangorestframework==3.18.3 drf-spectacular==0.30.0
cat > "$folder/app.py" <<'PY'
import django
from django.conf import settings
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="x",
    ALLOWED_HOSTS=["testserver"],
    INSTALLED_APPS=["rest_framework", "drf_spectacular"],
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from drf_spectacular.generators import SchemaGenerator
from rest_framework import generics, serializers
from rest_framework.test import APIClient


class Project(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    tags = serializers.SerializerMethodField()
    owner = serializers.SerializerMethodField()

    def get_tags(self, project):
        return ["a", "b"]

    def get_owner(self, project):
        return None


class Projects(generics.RetrieveAPIView):
    serializer_class = Project

    def get_object(self):
        return {"id": 7}


urlpatterns = [path("project", Projects.as_view())]
schema = SchemaGenerator().get_schema()["components"]["schemas"]["Project"]
sent = APIClient().get("/project").json()
kinds = "; ".join(f"{name}: {schema['properties'][name]['type']}" for name in ("tags", "owner"))
print(f"{kinds}; required: {schema['required']}; sent: {sent}")
PY
found=$("$folder/venv/bin/python" -W ignore "$folder/app.py" 2> /dev/null)
echo "$found"
[ "$found" = "tags: string; owner: string; required: ['id', 'owner', 'tags']; sent: {'id': 7, 'tags': ['a', 'b'], 'owner': None}" ]
