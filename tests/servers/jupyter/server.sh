# Jupyter Server with a kernel of Python. The document is the one of its package, which it gives at /api/spec.yaml too.
set -euo pipefail
[ "$1" = document ] && exec cat "$VENV"/lib/python3*/site-packages/jupyter_server/services/api/api.yaml

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/files" "$DATA/home"
(for _ in $(seq 600); do curl -sf "http://127.0.0.1:$port/api" > /dev/null && break; sleep 0.1; done
    echo "http://127.0.0.1:$port") &
export HOME=$DATA/home PATH=$VENV/bin:$PATH
exec "$VENV/bin/jupyter-server" --no-browser --allow-root --ServerApp.ip=127.0.0.1 --ServerApp.port="$port" \
    --ServerApp.port_retries=0 --ServerApp.root_dir="$DATA/files" --IdentityProvider.token=secret >&2
