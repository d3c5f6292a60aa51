# The Docker Engine, without networks of its own and with a file system that needs no kernel module: for root on Linux.
# The document is the one of the package with its source.
set -euo pipefail
[ "$1" = document ] && exec cat "$ROOT/usr/share/gocode/src/github.com/docker/docker/api/swagger.yaml"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/home" "$DATA/image/bin"
export HOME=$DATA/home PATH=$ROOT/usr/sbin:$ROOT/usr/bin:$PATH
cp "$ROOT/bin/busybox" "$DATA/image/bin/"
for name in sh echo sleep cat true; do ln -s busybox "$DATA/image/bin/$name"; done
tar -C "$DATA/image" -cf "$DATA/image.tar" .
(
    for _ in $(seq 300); do curl -sf "http://127.0.0.1:$port/_ping" > /dev/null && break; sleep 0.1; done
    echo "http://127.0.0.1:$port/v1.41"
) &
# The daemon ends with this script, and ends what it has started.
setpriv --pdeathsig TERM dockerd --data-root "$DATA/store" --exec-root "$DATA/run" --pidfile "$DATA/pid" \
    -H "tcp://127.0.0.1:$port" -H "unix://$DATA/socket" --tls=false --storage-driver vfs --bridge none \
    --iptables=false --ip6tables=false --ip-forward=false >&2 &
wait $!
