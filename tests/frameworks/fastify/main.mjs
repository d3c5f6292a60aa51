// The parcels API in Fastify. `main.mjs document` prints its document, `main.mjs serve` listens on a free port.

import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import formbody from "@fastify/formbody";
import multipart, { ajvFilePlugin } from "@fastify/multipart";
import swagger from "@fastify/swagger";
import fastify from "fastify";

const held = {};
const parcels = new Map();
const files = new Map();

const app = fastify({ ajv: { plugins: [ajvFilePlugin] } });
await app.register(swagger, {
  openapi: {
    openapi: "3.1.0",
    info: { title: "Parcels", version: "1.0.0" },
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        basic: { type: "http", scheme: "basic" },
        key: { type: "apiKey", in: "header", name: "X-Api-Key" },
      },
    },
  },
  refResolver: { buildLocalReference: (json, _base, _fragment, i) => json.$id ?? `def-${i}` },
});
await app.register(formbody);
await app.register(multipart, { attachFieldsToBody: true });
app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (_, body, done) => done(null, body));
app.get("/held/:name", { schema: { hide: true } }, async (request, reply) => {
  reply.type("application/json").send(JSON.stringify(held[request.params.name] ?? null));
});

const ref = (name) => ({ $ref: `${name}#` });
const object = (required, properties, more = {}) => ({ type: "object", required, properties, ...more });
const list = (items) => ({ type: "array", items });
const string = { type: "string" };
const integer = { type: "integer" };
const number = { type: "number" };
const boolean = { type: "boolean" };
const orNull = (schema) => ({ ...schema, type: [schema.type, "null"] });

const parcel = {
  name: { type: "string", minLength: 1, maxLength: 40 },
  kind: ref("Kind"),
  weight: { type: "number", exclusiveMinimum: 0 },
  count: { type: "integer", minimum: 1, default: 1 },
  price: { type: "string", pattern: "^\\d+\\.\\d{2}$" },
  fragile: { type: "boolean", default: false },
  tags: list(string),
  sizes: { type: ["array", "null"], items: integer },
  made_on: { type: "string", format: "date" },
  sent_at: { type: "string", format: "date-time" },
  note: orNull(string),
  comment: orNull(string),
  address: { anyOf: [ref("Address"), { type: "null" }] },
  labels: { type: "object", additionalProperties: string },
  extra: { type: "object", additionalProperties: true },
};
const required = ["name", "kind", "weight", "price", "tags", "made_on", "sent_at", "note"];
for (const schema of [
  { $id: "Kind", type: "string", enum: ["letter", "box", "pallet"] },
  { $id: "Address", ...object(["street", "city"], { street: string, city: orNull(string), zip: { type: "string", pattern: "^\\d{5}$" } }) },
  { $id: "NewParcel", ...object(required, parcel) },
  { $id: "Parcel", ...object(["id", ...required], { id: { type: "string", format: "uuid" }, ...parcel }) },
  { $id: "ParcelPatch", ...object([], { name: parcel.name, comment: parcel.comment, address: parcel.address, tags: parcel.tags }) },
  { $id: "ParcelPage", ...object(["items", "total"], { items: list(ref("Parcel")), total: integer }) },
  { $id: "Problem", ...object(["code", "message"], { code: { type: "string", enum: ["missing", "conflict", "teapot"] }, message: string }) },
  { $id: "Circle", ...object(["kind", "radius"], { kind: { const: "circle" }, radius: number }) },
  { $id: "Square", ...object(["kind", "side"], { kind: { const: "square" }, side: number, label: string }) },
  { $id: "Tree", ...object(["name", "children"], { name: string, children: list(ref("Tree")), left: ref("Tree") }) },
  {
    $id: "Moments",
    ...object(["day", "clock", "at", "lasts", "amount", "id", "data", "link", "big", "ratio"], {
      day: { type: "string", format: "date" }, clock: { type: "string", format: "time" }, at: { type: "string", format: "date-time" },
      lasts: { type: "string", format: "duration" }, amount: string, id: { type: "string", format: "uuid" },
      data: { type: "string", contentEncoding: "base64" }, link: { type: "string", format: "uri" }, big: integer, ratio: number,
    }),
  },
  {
    $id: "Presence",
    ...object(["must", "must_nullable"], {
      must: string, must_nullable: orNull(string), may: string, may_nullable: orNull(string), number: { type: "integer", default: 7 },
    }),
  },
  {
    $id: "Maps",
    ...object(["texts", "nested", "anything"], {
      texts: { type: "object", additionalProperties: string },
      nested: { type: "object", additionalProperties: { type: "object", additionalProperties: integer } },
      anything: {},
    }, { additionalProperties: true }),
  },
  { $id: "Tick", ...object(["number"], { number: integer, text: string }) },
]) {
  app.addSchema(schema);
}

const at = (method, url, operationId, schema, handler) =>
  app.route({ method, url, schema: { operationId, ...schema }, handler });
const answer = (schema, description = "It.") => ({ description, content: { "application/json": { schema } } });
const byId = { params: object(["parcel_id"], { parcel_id: { type: "string", format: "uuid" } }) };
const missing = { 404: answer(ref("Problem")) };
const none = (id) => ({ code: "missing", message: id });

at("POST", "/parcels", "create_parcel", { body: ref("NewParcel"), response: { 201: answer(ref("Parcel")), 409: answer(ref("Problem")) } }, async (request, reply) => {
  if ([...parcels.values()].some((other) => other.name === request.body.name)) {
    return reply.code(409).send({ code: "conflict", message: request.body.name });
  }
  const made = { id: randomUUID(), ...request.body };
  parcels.set(made.id, made);
  held.create_parcel = made;
  return reply.code(201).header("Location", `/parcels/${made.id}`).send(made);
});
at("GET", "/parcels/:parcel_id", "get_parcel", { ...byId, response: { 200: answer(ref("Parcel")), ...missing } }, async (request, reply) => {
  const id = request.params.parcel_id;
  return parcels.get(id) ?? reply.code(404).send(none(id));
});
at("PATCH", "/parcels/:parcel_id", "update_parcel", { ...byId, body: ref("ParcelPatch"), response: { 200: answer(ref("Parcel")), ...missing } }, async (request) => {
  const id = request.params.parcel_id;
  held.update_parcel = { ...request.body };
  return Object.assign(parcels.get(id), request.body);
});
at("DELETE", "/parcels/:parcel_id", "delete_parcel", { ...byId, response: { 204: { type: "null", description: "Gone." }, ...missing } }, async (request, reply) => {
  const id = request.params.parcel_id;
  return parcels.delete(id) ? reply.code(204).send() : reply.code(404).send(none(id));
});
const query = object([], {
  kinds: list(ref("Kind")), sizes: list(integer), fragile: boolean, made_after: { type: "string", format: "date" },
  sent_before: { type: "string", format: "date-time" }, name: string, limit: { type: "integer", minimum: 1, maximum: 100, default: 20 },
  offset: { type: "integer", default: 0 },
});
at("GET", "/parcels", "list_parcels", { querystring: query, response: { 200: answer(ref("ParcelPage")) } }, async (request) => {
  const { kinds, offset, limit } = request.query;
  held.list_parcels = request.query;
  const found = [...parcels.values()].filter((parcel) => !kinds || kinds.includes(parcel.kind));
  return { items: found.slice(offset, offset + limit), total: found.length };
});
const shapes = list({ oneOf: [ref("Circle"), ref("Square")] });
const loose = object(["value", "either"], {
  value: { type: ["string", "integer", "boolean", "null"] },
  either: { anyOf: [ref("Circle"), ref("Address")] },
});
for (const [url, operation, schema] of [
  ["/shapes", "echo_shapes", shapes], ["/loose", "echo_loose", loose], ["/trees", "echo_tree", ref("Tree")],
  ["/moments", "echo_moments", ref("Moments")], ["/presence", "echo_presence", ref("Presence")], ["/maps", "echo_maps", ref("Maps")],
]) {
  at("POST", url, operation, { body: schema, response: { 200: answer(schema) } }, async (request) => {
    held[operation] = structuredClone(request.body);
    return request.body;
  });
}

// The form is not validated: what its parts are is left to the handler.
const binary = { type: "string", format: "binary" };
app.route({
  method: "POST",
  url: "/files/one",
  schema: {
    operationId: "upload_one",
    consumes: ["multipart/form-data"],
    body: object(["file", "caption"], { file: binary, caption: string, copies: integer }),
    response: { 200: answer(string) },
  },
  validatorCompiler: () => () => true,
  handler: async (request, reply) => {
    const { file, caption, copies } = request.body;
    held.upload_one = { file: (await file.toBuffer()).toString("hex"), caption: caption.value, copies: Number(copies.value) };
    return reply.type("application/json").send(JSON.stringify(caption.value));
  },
});
// The parts of the form are the body: the only way in which a file is validated.
const fields = object(["file", "caption"], { file: { isFile: true }, caption: object(["value"], { value: string }) });
at("POST", "/files/fields", "upload_fields", { consumes: ["multipart/form-data"], body: fields, response: { 200: answer(string) } }, async (request) => {
  held.upload_fields = { caption: request.body.caption.value };
  return request.body.caption.value;
});
const bytes = { content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } };
const named = { params: object(["name"], { name: string }) };
app.route({
  method: "PUT",
  url: "/files/:name/content",
  schema: { operationId: "put_content", ...named, body: bytes, response: { 204: { type: "null", description: "Kept." } } },
  validatorCompiler: () => () => true,
  handler: async (request, reply) => {
    held.put_content = request.body.toString("hex");
    files.set(request.params.name, request.body);
    return reply.code(204).send();
  },
});
const png = { description: "It.", content: { "image/png": { schema: { type: "string", format: "binary" } } } };
at("GET", "/files/:name/content", "get_content", { ...named, response: { 200: png } }, async (request, reply) =>
  reply.type("image/png").send(files.get(request.params.name)),
);
const sent = object(["name", "count", "weight"], { name: string, count: integer, weight: number, fragile: boolean, tags: list(string), note: string });
at("POST", "/forms", "send_form", { consumes: ["application/x-www-form-urlencoded"], body: sent, response: { 200: answer(string) } }, async (request) => {
  held.send_form = request.body;
  return JSON.stringify(request.body.name);
});
const headers = object(["X-Text"], { "X-Text": string, "X-Number": integer });
at("GET", "/headers", "read_headers", { headers, response: { 200: { ...answer(string), headers: { "X-Seen": string } } } }, async (request, reply) => {
  held.read_headers = { text: request.headers["x-text"], number: request.headers["x-number"] };
  reply.header("X-Seen", request.headers["x-text"]).type("application/json");
  return JSON.stringify(request.headers["x-text"]);
});
const path = object(["text", "number", "day", "kind"], { text: string, number, day: { type: "string", format: "date" }, kind: ref("Kind") });
at("GET", "/paths/:text/:number/:day/:kind", "read_path", { params: path, response: { 200: answer(string) } }, async (request, reply) => {
  held.read_path = request.params;
  return reply.type("application/json").send(JSON.stringify(request.params.text));
});
const events = { description: "Ticks.", content: { "text/event-stream": { schema: ref("Tick") } } };
at("GET", "/events", "watch", { response: { 200: events } }, async (_, reply) => {
  const ticks = [0, 1, 2].map((number) => `id: a${number}\nevent: tick\ndata: {"number":${number},"text":"line\\nbreak"}\n\n`);
  return reply.type("text/event-stream").send(Readable.from(ticks));
});
const lines = { description: "Ticks.", content: { "application/x-ndjson": { schema: ref("Tick") } } };
at("GET", "/lines", "read_lines", { response: { 200: lines } }, async (_, reply) =>
  reply.type("application/x-ndjson").send(Readable.from([0, 1, 2].map((number) => `{"number":${number}}\n`))),
);
at("GET", "/text", "read_text", { produces: ["text/plain"], response: { 200: { description: "Words.", content: { "text/plain": { schema: string } } } } }, async (_, reply) =>
  reply.type("text/plain; charset=utf-8").send("plain “words”"),
);
at("GET", "/plain", "read_plain", { response: { 200: string } }, async () => "plain “words”");
at("GET", "/errors/:status", "fail", { params: object(["status"], { status: integer }), response: { 204: { type: "null", description: "Never." }, 418: answer(ref("Problem")), "5xx": answer(object(["message"], { message: string })) } }, async (request, reply) => {
  const { status } = request.params;
  if (status === 418) return reply.code(418).send({ code: "teapot", message: "short and stout" });
  return reply.code(status).send(Object.assign(new Error("no reason"), { statusCode: status }));
});
at("PUT", "/scalars/numbers", "put_numbers", { body: list(integer), response: { 200: answer(list(integer)) } }, async (request) => {
  held.put_numbers = request.body;
  return request.body;
});
at("POST", "/nothing", "nothing", { response: { 202: { type: "null", description: "Heard." } } }, async (_, reply) => reply.code(202).send());
for (const [type, header] of [["bearer", "authorization"], ["basic", "authorization"], ["key", "x-api-key"]]) {
  at("GET", `/secrets/${type}`, `with_${type}`, { security: [{ [type]: [] }], response: { 200: answer(string) } }, async (request, reply) =>
    reply.type("application/json").send(JSON.stringify(request.headers[header] ?? "")),
  );
}

await app.ready();
if (process.argv[2] === "document") {
  console.log(JSON.stringify(app.swagger(), null, 2));
} else {
  console.log(await app.listen({ port: 0, host: "127.0.0.1" }));
}
