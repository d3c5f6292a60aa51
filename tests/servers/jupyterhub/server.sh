# JupyterHub without a proxy in front of it. The document is that of its source package: the wheel does not have it.
set -euo pipefail
[ "$1" = document ] && exec cat "$SOURCE/openapi.yaml"

PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PORT HOME=$DATA/home PATH=$VENV/bin:$PATH
mkdir -p "$HOME"
cd "$DATA"
(for _ in $(seq 600); do curl -sf "http://127.0.0.1:$PORT/hub/api/" > /dev/null && break; sleep 0.1; done
    echo "http://127.0.0.1:$PORT/hub/api") &
exec "$VENV/bin/jupyterhub" -f "$SOURCE/config.py" --log-level=WARN >&2
