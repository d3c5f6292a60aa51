#!/usr/bin/env bash
# Alertmanager 0.25.0 (Debian's prometheus-alertmanager 0.25.0-1+b4): a silence that begins in the past is answered with
# success and kept with another beginning: the time of the call. Its published document says nothing of that.
#
# `startsAt` is a required member of `postableSilence`, and GET gives it back as a required member, so that a client
# that compares what it sent with what is held finds a difference.
#
# Output seen: "sent 2020-01-01T00:00:00Z, answered 200, held another time; sent 2036-01-01T00:00:00Z, answered 200, held the same"
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

tell() {
    status=$(curl -s -o answer -w '%{http_code}' -H 'Content-Type: application/json' "$api/silences" -d "{
        \"matchers\": [{\"name\": \"alertname\", \"value\": \"A\", \"isRegex\": false}],
        \"startsAt\": \"$1\", \"endsAt\": \"2037-01-01T00:00:00Z\", \"createdBy\": \"me\", \"comment\": \"why\"}")
    id=$(python3 -c 'import json; print(json.load(open("answer"))["silenceID"])')
    held=$(curl -s "$api/silence/$id" | python3 -c 'import json, sys; print(json.load(sys.stdin)["startsAt"].replace(".000", ""))')
    [ "$held" = "$1" ] && held="the same" || held="another time"
    printf 'sent %s, answered %s, held %s' "$1" "$status" "$held"
}
found="$(tell 2020-01-01T00:00:00Z); $(tell 2036-01-01T00:00:00Z)"
echo "$found"
[ "$found" = "sent 2020-01-01T00:00:00Z, answered 200, held another time; sent 2036-01-01T00:00:00Z, answered 200, held the same" ]
