#!/usr/bin/env bash
# drf-yasg 1.21.18 with Django REST framework 3.18.3: a list in the query is documented as joined by commas, and read repeated.
#
# A `ListField` of a query serializer becomes an array without `collectionFormat`, for which Swagger 2.0 has `csv`. The
# server reads `ids=1,2` as one item and refuses it; `ids=1&ids=2` is the list.
#
# Output seen: "collectionFormat: csv by default; ids=1,2: 400; ids=1&ids=2: 200 [1, 2]"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet drf-yasg==1.21.18 djangorestframework==3.18.3 'setuptools<81'
cat > "$folder/app.py" <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "drf_yasg"],
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None},
    ROOT_URLCONF=__name__,
    SECRET_KEY="x",
)
django.setup()

from django.test import Client
from django.urls import path
from drf_yasg import openapi
from drf_yasg.generators import OpenAPISchemaGenerator
from drf_yasg.utils import swagger_auto_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class Query(serializers.Serializer):
    ids = serializers.ListField(child=serializers.IntegerField())


class Pets(APIView):
    @swagger_auto_schema(query_serializer=Query)
    def get(self, request):
        query = Query(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(query.validated_data["ids"])


urlpatterns = [path("pets", Pets.as_view())]
document = OpenAPISchemaGenerator(openapi.Info("Pets", "1")).get_schema(None, public=True)
parameter = document.paths["/pets"]["get"]["parameters"][0]
commas, repeated = Client().get("/pets?ids=1,2"), Client().get("/pets?ids=1&ids=2")
print(
    f"collectionFormat: {parameter.get('collectionFormat', 'csv by default')};",
    f"ids=1,2: {commas.status_code}; ids=1&ids=2: {repeated.status_code} {repeated.json()}",
)
PYTHON
found=$(cd "$folder" && venv/bin/python -W ignore app.py 2>/dev/null)
echo "$found"
[ "$found" = "collectionFormat: csv by default; ids=1,2: 400; ids=1&ids=2: 200 [1, 2]" ]
