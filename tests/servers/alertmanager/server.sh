# Prometheus Alertmanager. Neither the package nor the server has the document: it is a copy of
# api/v2/openapi.yaml of the source of 0.25.0 (https://github.com/prometheus/alertmanager, Apache 2.0).
set -euo pipefail
[ "$1" = document ] && exec cat "$SOURCE/openapi.yaml"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf 'route: {receiver: default, group_wait: 0s}\nreceivers: [{name: default}, {name: other}]\n' > "$DATA/alertmanager.yml"
(for _ in $(seq 300); do curl -sf "http://127.0.0.1:$port/-/ready" > /dev/null && break; sleep 0.1; done
    echo "http://127.0.0.1:$port/api/v2") &
# The template that the program reads is laid over /usr/share for it alone.
exec unshare --map-root-user --mount sh -c "mount -t overlay overlay -o lowerdir=$ROOT/usr/share:/usr/share /usr/share
    exec '$ROOT/usr/bin/prometheus-alertmanager' --config.file='$DATA/alertmanager.yml' --storage.path='$DATA/store' \
    --web.listen-address=127.0.0.1:$port --cluster.listen-address=" >&2
