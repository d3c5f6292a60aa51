#!/usr/bin/env bash
# @hono/zod-openapi 1.6.3 (zod 4.6.7): one optional use of a registered schema makes the component nullable everywhere,
# if it is the first use that the generator meets.
#
# `Address.nullish()` of one member writes `type: [object, null]` into the component `Address` itself. A member that is a
# plain `Address` refers to the same component, so the document allows null where the server refuses it. With the two
# members in the other order, the component is an object and only the member is nullable.
#
# Output seen: "optional use first: object,null; plain use first: object; null as the plain member is answered with 400"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @hono/zod-openapi@1.6.3 hono@4.13.19 zod@4.6.7
cat > app.mjs <<'JS'
import { OpenAPIHono, createRoute, z } from "@hono/zod-openapi";

async function types(optionalFirst) {
  const Address = z.object({ street: z.string() }).openapi("Address");
  const members = optionalFirst ? { old: Address.nullish(), now: Address } : { now: Address, old: Address.nullish() };
  const schema = z.object(members);
  const app = new OpenAPIHono();
  const request = { body: { required: true, content: { "application/json": { schema } } } };
  app.openapi(createRoute({ method: "post", path: "/", request, responses: { 204: { description: "Done." } } }), (c) => c.body(null, 204));
  const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "t", version: "1" } });
  const headers = { "Content-Type": "application/json" };
  const answer = await app.request("/", { method: "POST", headers, body: JSON.stringify({ now: null }) });
  return [document.components.schemas.Address.type, answer.status];
}
const [first, status] = await types(true);
const [second] = await types(false);
console.log(`optional use first: ${first}; plain use first: ${second}; null as the plain member is answered with ${status}`);
JS
found=$(node app.mjs)
echo "$found"
[ "$found" = "optional use first: object,null; plain use first: object; null as the plain member is answered with 400" ]
