#!/usr/bin/env bash
# TypeSpec 1.16.0: a stream of lines of JSON is documented as one text, even for OpenAPI 3.2.
#
# `SSEStream<T>` becomes an `itemSchema`, with the type of each event. `JsonlStream<T>` becomes `schema: { type: string }`:
# the type of the lines is nowhere in the document.
#
# Output seen: "text/event-stream: itemSchema; application/jsonl: schema {"type":"string"}"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node@24.11.1 @typespec/compiler@1.16.0 @typespec/http@1.16.0 @typespec/openapi@1.16.0 \
    @typespec/openapi3@1.16.0 @typespec/events@0.86.0 @typespec/sse@0.86.0 @typespec/streams@0.86.0 > log 2>&1
cat > main.tsp <<'TSP'
import "@typespec/events";
import "@typespec/http";
import "@typespec/http/streams";
import "@typespec/sse";
using Http;
using Http.Streams;
using SSE;

@service
namespace Ticks;

model Tick {
  number: int32;
}

@TypeSpec.Events.events
union Changes {
  tick: Tick,
}

@get @route("/events") op events(): SSEStream<Changes>;
@get @route("/lines") op lines(): JsonlStream<Tick>;
TSP
cat > tspconfig.yaml <<'YAML'
emit: ["@typespec/openapi3"]
options:
  "@typespec/openapi3": { emitter-output-dir: "{project-root}", output-file: document.json, openapi-versions: ["3.2.0"] }
YAML
PATH="$folder/node_modules/node/bin:$PATH" npx tsp compile . > log 2>&1
found=$(node -e '
const { paths } = JSON.parse(require("fs").readFileSync("document.json", "utf8"));
const content = (path) => paths[path].get.responses["200"].content;
const [events] = Object.keys(content("/events")["text/event-stream"]);
const lines = JSON.stringify(content("/lines")["application/jsonl"].schema);
console.log(`text/event-stream: ${events}; application/jsonl: schema ${lines}`);
')
echo "$found"
[ "$found" = 'text/event-stream: itemSchema; application/jsonl: schema {"type":"string"}' ]
