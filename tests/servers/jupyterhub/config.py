"""A hub by itself: no proxy in front of it, any user with one password, and servers that are none of Jupyter's."""

import os
import sys

from jupyterhub.proxy import Proxy

c = get_config()  # noqa: F821


class NoProxy(Proxy):
    """What a proxy does is not part of the API."""

    should_start = False

    def __init__(self, **settings):
        super().__init__(**settings)
        self.routes = {}

    async def add_route(self, routespec, target, data):
        self.routes[routespec] = {"routespec": routespec, "target": target, "data": data}

    async def delete_route(self, routespec):
        self.routes.pop(routespec, None)

    async def get_all_routes(self):
        return self.routes


port = int(os.environ["PORT"])
c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.cookie_secret_file = "cookie-secret"
c.JupyterHub.allow_named_servers = True
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "secret word"
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {"ann"}
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "homes/{username}"
c.Spawner.cmd = [sys.executable, "-c", "import http.server, os, urllib.parse as u\n"
                 "port = u.urlparse(os.environ['JUPYTERHUB_SERVICE_URL']).port\n"
                 "http.server.HTTPServer(('127.0.0.1', port), http.server.SimpleHTTPRequestHandler).serve_forever()", "--"]
c.JupyterHub.services = [
    {
        "name": "robot",
        "api_token": "0123456789abcdef0123456789abcdef",
    },
    {
        "name": "app",
        "api_token": "fedcba9876543210fedcba9876543210",
        "oauth_client_id": "service-app",
        "oauth_redirect_uri": "http://127.0.0.1:9/callback",
        "oauth_no_confirm": True,
        "oauth_client_allowed_scopes": ["users", "list:users", "tokens", "read:groups", "self"],
    },
]
c.JupyterHub.load_roles = [
    {
        "name": "robots",
        "scopes": ["admin:users", "admin:servers", "admin:groups", "admin:services", "tokens", "read:hub", "proxy",
                   "read:metrics", "list:services", "read:services", "shares"],
        "services": ["robot"],
    },
    {"name": "user", "scopes": ["self", "access:services"]},
]
