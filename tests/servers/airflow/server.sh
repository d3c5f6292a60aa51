# Airflow's API server with SQLite, one flow known to it and no scheduler. The document is the one that the server itself gives.
set -euo pipefail

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/home" "$DATA/dags"
cp "$SOURCE/demo.py" "$DATA/dags/"
export HOME=$DATA/home AIRFLOW_HOME=$DATA PATH=$VENV/bin:$PATH AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__LOGGING__LOGGING_LEVEL=WARNING AIRFLOW__CORE__FERNET_KEY= AIRFLOW__CORE__TEST_CONNECTION=Disabled
export AIRFLOW__API_AUTH__JWT_SECRET=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
export AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE=$DATA/passwords.json
echo '{"admin": "secret"}' > "$DATA/passwords.json"
airflow db migrate >&2
airflow dags reserialize >&2
server() {
    exec airflow api-server --host 127.0.0.1 --port "$port" --workers 1 >&2
}
wait_for_it() {
    for _ in $(seq 1200); do curl -sf "http://127.0.0.1:$port/api/v2/version" > /dev/null && break; sleep 0.1; done
}
if [ "$1" = document ]; then
    server 2> /dev/null &
    trap 'kill $!' EXIT
    wait_for_it
    curl -sf "http://127.0.0.1:$port/openapi.json"
    exit
fi
(wait_for_it; echo "http://127.0.0.1:$port") &
server
