#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian's prometheus-alertmanager 0.25.0-1+b4): an unknown silence is 404 for GET and for an update,
# and 500 for DELETE. A client that repeats calls after a 500 repeats this one in vain.
#
# Its published document has 404 for the first two, and 200 and 500 for DELETE.
#
# Output seen: "GET 404, POST 404, DELETE 500 \"silence not found\""
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq prometheus-alertmanager=0.25.0-1+b4 2> /dev/null
dpkg -x prometheus-alertmanager_*.deb root
printf 'route: {receiver: default}\nreceivers: [{name: default}]\n' > alertmanager.yml
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# The template that the program reads is laid over /usr/share for it alone.
unshare --map-root-user --mount sh -c "mount -t overlay overlay -o lowerdir=$folder/root/usr/share:/usr/share /usr/share
    exec root/usr/bin/prometheus-alertmanager --config.file=alertmanager.yml --storage.path=data \
    --web.listen-address=127.0.0.1:$port --cluster.listen-address=" > log 2>&1 &
server=$!
api=http://127.0.0.1:$port/api/v2
for _ in $(seq 100); do curl -sf "$api/status" > /dev/null && break; sleep 0.1; done

id=6f1a9f3e-8f5c-4a55-9d0c-0d6f2b7c1a11
status() { curl -s -o answer -w '%{http_code}' "$@"; }
get=$(status "$api/silence/$id")
post=$(status -H 'Content-Type: application/json' "$api/silences" -d "{\"id\": \"$id\",
    \"matchers\": [{\"name\": \"alertname\", \"value\": \"A\", \"isRegex\": false}],
    \"startsAt\": \"2036-01-01T00:00:00Z\", \"endsAt\": \"2037-01-01T00:00:00Z\", \"createdBy\": \"me\", \"comment\": \"why\"}")
delete=$(status -X DELETE "$api/silence/$id")
found="GET $get, POST $post, DELETE $delete $(tr -d '\n' < answer)"
echo "$found"
[ "$found" = 'GET 404, POST 404, DELETE 500 "silence not found"' ]
