# CrowdSec's local API with SQLite, a watcher and a bouncer. Neither the package nor the server has the document: it is a copy
# of pkg/models/localapi_swagger.yaml of the source of 1.4.6 (https://github.com/crowdsecurity/crowdsec, MIT).
set -euo pipefail
[ "$1" = document ] && exec cat "$SOURCE/openapi.yaml"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$DATA/hub" "$DATA/plugins"
cp "$ROOT/etc/crowdsec/profiles.yaml" "$DATA"
cat > "$DATA/config.yaml" << END
common: {daemonize: false, log_media: stdout, log_level: info, working_dir: "$DATA"}
config_paths: {config_dir: "$DATA", data_dir: "$DATA", hub_dir: "$DATA/hub", index_path: "$DATA/hub/.index.json",
    notification_dir: "$DATA", plugin_dir: "$DATA/plugins"}
db_config: {type: sqlite, db_path: "$DATA/crowdsec.db", use_wal: true}
api: {server: {listen_uri: "127.0.0.1:$port", profiles_path: "$DATA/profiles.yaml", console_path: "$DATA/console.yaml"}}
prometheus: {enabled: false}
END
admin() { "$ROOT/usr/bin/cscli" -c "$DATA/config.yaml" "$@" >&2; }
admin machines add watcher --password secret --force --file "$DATA/watcher.yaml"
admin bouncers add box --key secret-of-the-box
(for _ in $(seq 300); do curl -sf "http://127.0.0.1:$port/health" > /dev/null && break; sleep 0.1; done
    echo "http://127.0.0.1:$port/v1") &
exec "$ROOT/usr/bin/crowdsec" -c "$DATA/config.yaml" -no-cs >&2
