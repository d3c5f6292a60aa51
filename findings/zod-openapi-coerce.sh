#!/usr/bin/env bash
# @hono/zod-openapi 1.6.3 (zod 4.6.7): a required number of a query, `z.coerce.number()`, is documented as a number or
# null. With a limit, `z.coerce.number().min(1)`, it is a number.
#
# A query has text only, so that every number in one is written with `coerce`. The generator asks the schema
# whether it takes null, which `coerce` does: `Number(null)` is 0, and 0 is allowed unless a limit forbids it. So null
# comes and goes with limits that say nothing of null.
#
# Output seen: "no limit: number,null; at least 0: number,null; at least 1: number"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @hono/zod-openapi@1.6.3 hono@4.13.19 zod@4.6.7
cat > app.mjs <<'JS'
import { OpenAPIHono, createRoute, z } from "@hono/zod-openapi";

const app = new OpenAPIHono();
const number = z.coerce.number();
const query = z.object({ free: number, zero: number.min(0), one: number.min(1) });
const route = createRoute({ method: "get", path: "/", request: { query }, responses: { 204: { description: "Done." } } });
app.openapi(route, (c) => c.body(null, 204));
const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "t", version: "1" } });
const [free, zero, one] = document.paths["/"].get.parameters.map((parameter) => parameter.schema.type);
console.log(`no limit: ${free}; at least 0: ${zero}; at least 1: ${one}`);
JS
found=$(node app.mjs)
echo "$found"
[ "$found" = "no limit: number,null; at least 0: number,null; at least 1: number" ]
