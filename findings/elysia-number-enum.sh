#!/usr/bin/env bash
# Elysia 1.4.30 with @elysiajs/openapi 1.4.16: an enum of numbers is documented as texts, and takes numbers alone.
#
# `t.Enum` of a numeric enum of TypeScript becomes `{ type: "string", enum: [0, 1] }`, which no value satisfies. The
# server takes 0 and refuses "0".
#
# Output seen: '"string" [0,1] 0: 200, "0": 422'
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund elysia@1.4.30 @elysiajs/openapi@1.4.16 @sinclair/typebox@0.34.41
cat > app.mjs <<'JS'
import { Elysia, t } from "elysia";
import { openapi } from "@elysiajs/openapi";

const Level = { Low: 0, High: 1, 0: "Low", 1: "High" };
const app = new Elysia({ aot: false })
  .use(openapi())
  .post("/", ({ body }) => body.level, { body: t.Object({ level: t.Enum(Level) }) });
const document = await (await app.handle(new Request("http://localhost/openapi/json"))).json();
const content = document.paths["/"].post.requestBody.content["application/json"];
const { type, enum: values } = content.schema.properties.level;
const status = async (level) => {
  const body = JSON.stringify({ level });
  const headers = { "content-type": "application/json" };
  return (await app.handle(new Request("http://localhost/", { method: "POST", headers, body }))).status;
};
console.log(`${JSON.stringify(type)} ${JSON.stringify(values)} 0: ${await status(0)}, "0": ${await status("0")}`);
JS
found=$(node app.mjs | tail -1)
echo "$found"
[ "$found" = '"string" [0,1] 0: 200, "0": 422' ]
