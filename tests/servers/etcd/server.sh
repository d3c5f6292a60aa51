# etcd, its JSON gateway, with authentication on: the document requires a token of all calls. It is the one of the package.
set -euo pipefail
[ "$1" = document ] && exec gzip -dc "$ROOT/usr/share/doc/etcd-server/dev-guide/apispec/swagger/rpc.swagger.json.gz"

ports=$(python3 -c 'import socket; s = [socket.socket() for _ in "12"]; [t.bind(("127.0.0.1", 0)) for t in s]; print(*[t.getsockname()[1] for t in s])')
url=http://127.0.0.1:${ports% *}
peer=http://127.0.0.1:${ports#* }
call() { curl -sf "$url/v3/$1" -d "$2" > /dev/null; }
(
    for _ in $(seq 300); do curl -sf "$url/health" > /dev/null && break; sleep 0.1; done
    call auth/user/add '{"name": "root", "password": "secret"}'
    call auth/role/add '{"name": "root"}'
    call auth/user/grant '{"user": "root", "role": "root"}'
    call auth/enable '{}'
    echo "$url"
) &
exec "$ROOT/usr/bin/etcd" --data-dir "$DATA/store" --listen-client-urls "$url" --advertise-client-urls "$url" \
    --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer" >&2
