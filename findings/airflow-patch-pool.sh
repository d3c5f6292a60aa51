#!/usr/bin/env bash
# Airflow 3.3.2: no member is required in the body of `PATCH /api/v2/pools/{pool_name}`, and `update_mask` names those that
# are to change. A body without `pool` and `include_deferred` is refused all the same, with 422, whatever the mask says.
#
# Output seen: "required: none; slots alone: 422; with a mask: 422; all of it: 200"
set -euo pipefail

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet apache-airflow-core==3.3.2 apache-airflow-providers-standard==1.21.0
export HOME=$folder AIRFLOW_HOME=$folder PATH=$folder/venv/bin:$PATH
export AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE=$folder/passwords.json
export AIRFLOW__API_AUTH__JWT_SECRET=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
echo '{"admin": "secret"}' > passwords.json
airflow db migrate > log 2>&1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
airflow api-server --host 127.0.0.1 --port "$port" --workers 1 >> log 2>&1 &
server=$!
url=http://127.0.0.1:$port
for _ in $(seq 600); do curl -sf "$url/api/v2/version" > /dev/null && break; sleep 0.2; done

token=$(curl -sf "$url/auth/token" -d username=admin -d password=secret |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
call() { curl -s -o answer -w '%{http_code}' "$url/api/v2/$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "${@:2}"; }
call pools -d '{"name": "p", "slots": 1}' > status
required=$(curl -sf "$url/openapi.json" |
    python3 -c 'import json, sys; print(",".join(json.load(sys.stdin)["components"]["schemas"]["PoolPatchBody"].get("required", ["none"])))')
alone=$(call pools/p -X PATCH -d '{"slots": 7}')
masked=$(call 'pools/p?update_mask=slots' -X PATCH -d '{"slots": 7}')
all=$(call pools/p -X PATCH -d '{"pool": "p", "slots": 7, "include_deferred": false}')
found="required: $required; slots alone: $alone; with a mask: $masked; all of it: $all"
echo "$found"
[ "$found" = "required: none; slots alone: 422; with a mask: 422; all of it: 200" ]
