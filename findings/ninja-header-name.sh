#!/usr/bin/env bash
# Django Ninja 1.7.1 on Django 5.2.19: a header parameter is documented under a name that Django never hands on.
#
# `x_token: Header[str]` is documented as the header `x_token`, with an underscore. Django leaves out headers
# with an underscore in their name, since they could pass for `X-Token`. So a client that does what the document says is
# told that the header is missing; only the name that the document does not have works.
#
# Output seen: "documented: x_token; x_token is answered with 422; X-Token with 200"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet django==5.2.19 django-ninja==1.7.1 pydantic==2.14.4
cat > "$folder/app.py" <<'PY'
import threading
import urllib.error
import urllib.request

import django
from django.conf import settings

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="of a test")
django.setup()

from django.core.servers.basehttp import WSGIRequestHandler as Handler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.urls import path
from ninja import Header, NinjaAPI

api = NinjaAPI()


@api.get("/who")
def who(request, x_token: Header[str]):
    return x_token


urlpatterns = [path("", api.urls)]


class Quiet(Handler):
    def log_message(self, *_):
        pass


server = WSGIServer(("127.0.0.1", 0), Quiet)
server.set_app(get_wsgi_application())
threading.Thread(target=server.serve_forever, daemon=True).start()


def status(name):
    url = f"http://127.0.0.1:{server.server_port}/who"
    try:
        return urllib.request.urlopen(urllib.request.Request(url, headers={name: "t"})).status
    except urllib.error.HTTPError as error:
        return error.code


name = api.get_openapi_schema(path_prefix="/")["paths"]["/who"]["get"]["parameters"][0]["name"]
print(f"documented: {name}; {name} is answered with {status(name)}; X-Token with {status('X-Token')}")
server.shutdown()
PY
found=$(cd "$folder" && "$folder/venv/bin/python" app.py 2> "$folder/log")
echo "$found"
[ "$found" = "documented: x_token; x_token is answered with 422; X-Token with 200" ]
