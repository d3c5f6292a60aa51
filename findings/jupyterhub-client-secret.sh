#!/usr/bin/env bash
# JupyterHub 6.1.1: its token endpoint does not take the secret of a client by `Authorization: Basic`, which RFC 6749 (2.3.1)
# says that every server must; only fields of the form count. The code is wrong in both requests: who the client is, is
# checked before.
#
# Output seen: "Basic: invalid_client; form: invalid_grant"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet jupyterhub==6.1.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > config.py << PYTHON
from jupyterhub.proxy import Proxy

c = get_config()


class NoProxy(Proxy):
    should_start = False

    async def add_route(self, *_):
        pass

    async def delete_route(self, *_):
        pass

    async def get_all_routes(self):
        return {}


c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.bind_url = c.JupyterHub.hub_bind_url = "http://127.0.0.1:$port"
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.services = [{"name": "app", "api_token": "fedcba9876543210fedcba9876543210",
                          "oauth_client_id": "service-app", "oauth_redirect_uri": "http://127.0.0.1:9/callback"}]
PYTHON
HOME=$folder venv/bin/jupyterhub -f config.py > log 2>&1 &
server=$!
url=http://127.0.0.1:$port/hub/api
for _ in $(seq 300); do curl -sf "$url/" > /dev/null && break; sleep 0.2; done

error() {
    curl -s "$url/oauth2/token" -d grant_type=authorization_code -d code=none \
        -d redirect_uri=http://127.0.0.1:9/callback "$@" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["error"])'
}
secret=fedcba9876543210fedcba9876543210
found="Basic: $(error -u "service-app:$secret"); form: $(error -d client_id=service-app -d client_secret=$secret)"
echo "$found"
[ "$found" = "Basic: invalid_client; form: invalid_grant" ]
