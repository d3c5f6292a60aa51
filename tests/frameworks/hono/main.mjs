// The parcels API in Hono with zod-openapi. `main.mjs document` prints its document, `main.mjs serve` listens on a free port.

import { serve } from "@hono/node-server";
import { OpenAPIHono, createRoute, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { stream } from "hono/streaming";

const held = {};
const parcels = new Map();
const files = new Map();

const app = new OpenAPIHono({
  defaultHook: (result, c) => {
    if (!result.success) return c.json({ code: "invalid", message: result.error.issues[0].path.join(".") }, 422);
  },
});
app.get("/held/:name", (c) => c.json(held[c.req.param("name")] ?? null));

const Kind = z.enum(["letter", "box", "pallet"]).openapi("Kind");
const Address = z
  .object({ street: z.string(), city: z.string().nullable(), zip: z.string().regex(/^\d{5}$/).optional() })
  .openapi("Address");
const NewParcel = z
  .object({
    name: z.string().min(1).max(40),
    kind: Kind,
    weight: z.number().positive(),
    count: z.int().min(1).default(1),
    price: z.string().regex(/^\d+\.\d{2}$/),
    fragile: z.boolean().default(false),
    tags: z.array(z.string()),
    sizes: z.array(z.int()).nullish(),
    made_on: z.iso.date(),
    sent_at: z.iso.datetime({ offset: true }),
    note: z.string().nullable(),
    comment: z.string().nullish(),
    address: Address.nullish(),
    labels: z.record(z.string(), z.string()).default({}),
    extra: z.record(z.string(), z.any()).nullish(),
  })
  .openapi("NewParcel");
const Parcel = NewParcel.extend({ id: z.uuid() }).openapi("Parcel");
const ParcelPatch = NewParcel.pick({ name: true, comment: true, address: true, tags: true }).partial().openapi("ParcelPatch");
const ParcelPage = z.object({ items: z.array(Parcel), total: z.int() }).openapi("ParcelPage");
const Problem = z
  .object({ code: z.enum(["missing", "conflict", "teapot", "invalid"]), message: z.string() })
  .openapi("Problem");
const Circle = z.object({ kind: z.literal("circle"), radius: z.number() }).openapi("Circle");
const Square = z.object({ kind: z.literal("square"), side: z.number(), label: z.string().optional() }).openapi("Square");
const Shape = z.discriminatedUnion("kind", [Circle, Square]).openapi("Shape");
const Loose = z
  .object({
    value: z.union([z.int(), z.boolean(), z.string(), z.array(z.int()), z.null()]),
    either: z.union([Circle, Address]),
  })
  .openapi("Loose");
const Tree = z
  .object({
    name: z.string(),
    get children() {
      return z.array(Tree);
    },
    get left() {
      return Tree.nullish();
    },
  })
  .openapi("Tree");
const Moments = z
  .object({
    day: z.iso.date(),
    clock: z.iso.time(),
    at: z.iso.datetime({ offset: true }),
    lasts: z.iso.duration(),
    amount: z.string(),
    id: z.uuid(),
    data: z.base64(),
    link: z.url(),
    big: z.int(),
    ratio: z.number(),
  })
  .openapi("Moments");
const Presence = z
  .object({
    must: z.string(),
    must_nullable: z.string().nullable(),
    may: z.string().optional(),
    may_nullable: z.string().nullish(),
    number: z.int().optional(),
  })
  .openapi("Presence");
const Maps = z
  .object({
    texts: z.record(z.string(), z.string()),
    nested: z.record(z.string(), z.record(z.string(), z.int())),
    anything: z.any(),
    pair: z.tuple([z.string(), z.int()]),
  })
  .catchall(z.unknown())
  .openapi("Maps");
const Tick = z.object({ number: z.int(), text: z.string().optional() }).openapi("Tick");

const json = (schema, description = "It.") => ({ description, content: { "application/json": { schema } } });
const body = (schema, type = "application/json") => ({ required: true, content: { [type]: { schema } } });
const File = z.any().openapi({ type: "string", format: "binary" });
const at = (method, path, operationId, request, responses, handler, more = {}) =>
  app.openapi(createRoute({ method, path, operationId, request, responses, ...more }), handler);

const missing = { 404: json(Problem, "There is no such parcel.") };
const ById = { params: z.object({ parcel_id: z.uuid() }) };

at("post", "/parcels", "create_parcel", { body: body(NewParcel) }, { 201: json(Parcel), 409: json(Problem) }, (c) => {
  const parcel = c.req.valid("json");
  if ([...parcels.values()].some((other) => other.name === parcel.name)) {
    return c.json({ code: "conflict", message: parcel.name }, 409);
  }
  const made = { ...parcel, id: crypto.randomUUID() };
  parcels.set(made.id, made);
  held.create_parcel = made;
  return c.json(made, 201, { Location: `/parcels/${made.id}` });
});
at("get", "/parcels/{parcel_id}", "get_parcel", ById, { 200: json(Parcel), ...missing }, (c) => {
  const { parcel_id: id } = c.req.valid("param");
  return parcels.has(id) ? c.json(parcels.get(id), 200) : c.json({ code: "missing", message: id }, 404);
});
at("patch", "/parcels/{parcel_id}", "update_parcel", { ...ById, body: body(ParcelPatch) }, { 200: json(Parcel), ...missing }, (c) => {
  const { parcel_id: id } = c.req.valid("param");
  held.update_parcel = c.req.valid("json");
  parcels.set(id, { ...parcels.get(id), ...c.req.valid("json") });
  return c.json(parcels.get(id), 200);
});
at("delete", "/parcels/{parcel_id}", "delete_parcel", ById, { 204: { description: "Gone." }, ...missing }, (c) => {
  const { parcel_id: id } = c.req.valid("param");
  return parcels.delete(id) ? c.body(null, 204) : c.json({ code: "missing", message: id }, 404);
});
const ListQuery = z.object({
  kinds: z.array(Kind).optional(),
  sizes: z.array(z.coerce.number().int()).optional(),
  fragile: z.stringbool().optional(),
  made_after: z.iso.date().optional(),
  sent_before: z.iso.datetime({ offset: true }).optional(),
  name: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().default(0),
});
at("get", "/parcels", "list_parcels", { query: ListQuery }, { 200: json(ParcelPage) }, (c) => {
  const query = c.req.valid("query");
  held.list_parcels = query;
  const found = [...parcels.values()].filter((parcel) => !query.kinds || query.kinds.includes(parcel.kind));
  return c.json({ items: found.slice(query.offset, query.offset + query.limit), total: found.length }, 200);
});
for (const [path, operation, schema] of [
  ["/shapes", "echo_shapes", z.array(Shape)],
  ["/loose", "echo_loose", Loose],
  ["/trees", "echo_tree", Tree],
  ["/moments", "echo_moments", Moments],
  ["/presence", "echo_presence", Presence],
  ["/maps", "echo_maps", Maps],
]) {
  at("post", path, operation, { body: body(schema) }, { 200: json(schema) }, (c) => {
    held[operation] = c.req.valid("json");
    return c.json(held[operation], 200);
  });
}

async function sight(file) {
  if (!file) return null;
  return { name: file.name, type: file.type, hex: Buffer.from(await file.arrayBuffer()).toString("hex") };
}
const multipart = (shape) => ({ body: body(z.object(shape), "multipart/form-data") });
const One = multipart({ file: File, caption: z.string(), copies: z.coerce.number().int().optional() });
at("post", "/files/one", "upload_one", One, { 200: json(z.string()) }, async (c) => {
  const form = c.req.valid("form");
  held.upload_one = { file: await sight(form.file), caption: form.caption, copies: form.copies };
  return c.json(form.caption, 200);
});
const Many = multipart({ files: z.array(File), tags: z.array(z.string()).optional() });
at("post", "/files/many", "upload_many", Many, { 200: json(z.int()) }, async (c) => {
  const form = c.req.valid("form");
  held.upload_many = { files: await Promise.all(form.files.map(sight)), tags: form.tags };
  return c.json(form.files.length, 200);
});
const Maybe = multipart({ file: File.optional(), note: z.string().optional() });
at("post", "/files/maybe", "upload_maybe", Maybe, { 200: json(z.boolean()) }, async (c) => {
  const form = c.req.valid("form");
  held.upload_maybe = { file: await sight(form.file), note: form.note ?? null };
  return c.json(form.file !== undefined, 200);
});
const Named = { params: z.object({ name: z.string() }) };
const Bytes = { "application/octet-stream": { schema: z.any().openapi({ type: "string", format: "binary" }) } };
at("put", "/files/{name}/content", "put_content", { ...Named, body: { required: true, content: Bytes } }, { 204: { description: "Kept." } }, async (c) => {
  const content = Buffer.from(await c.req.arrayBuffer());
  held.put_content = content.toString("hex");
  files.set(c.req.valid("param").name, content);
  return c.body(null, 204);
});
const Png = { description: "It.", content: { "image/png": { schema: z.any().openapi({ type: "string", format: "binary" }) } } };
at("get", "/files/{name}/content", "get_content", Named, { 200: Png }, (c) =>
  c.body(files.get(c.req.valid("param").name), 200, { "Content-Type": "image/png" }),
);
const Sent = z
  .object({
    name: z.string(),
    count: z.coerce.number().int(),
    weight: z.coerce.number(),
    made_on: z.iso.date(),
    fragile: z.stringbool().optional(),
    tags: z.array(z.string()).optional(),
    note: z.string().optional(),
  })
  .openapi("Sent");
at("post", "/forms", "send_form", { body: body(Sent, "application/x-www-form-urlencoded") }, { 200: json(z.string()) }, (c) => {
  held.send_form = c.req.valid("form");
  return c.json(held.send_form.name, 200);
});
const Heads = z.object({ "x-text": z.string(), "x-number": z.coerce.number().int().optional() });
at("get", "/headers", "read_headers", { headers: Heads }, { 200: json(z.string()) }, (c) => {
  const headers = c.req.valid("header");
  held.read_headers = { text: headers["x-text"], number: headers["x-number"] };
  return c.json(headers["x-text"], 200, { "X-Seen": headers["x-text"] });
});
const Cookies = z.object({ session: z.string(), visits: z.coerce.number().int().optional() });
at("get", "/cookies", "read_cookies", { cookies: Cookies }, { 200: json(z.string()) }, (c) => {
  held.read_cookies = c.req.valid("cookie");
  return c.json(held.read_cookies.session, 200);
});
const Path = z.object({ text: z.string(), number: z.coerce.number(), day: z.iso.date(), kind: Kind });
at("get", "/paths/{text}/{number}/{day}/{kind}", "read_path", { params: Path }, { 200: json(z.string()) }, (c) => {
  held.read_path = c.req.valid("param");
  return c.json(held.read_path.text, 200);
});
const Events = { description: "Ticks.", content: { "text/event-stream": { schema: Tick } } };
at("get", "/events", "watch", {}, { 200: Events }, (c) =>
  streamSSE(c, async (events) => {
    for (const number of [0, 1, 2]) {
      await events.writeSSE({ data: JSON.stringify({ number, text: "line\nbreak" }), event: "tick", id: `a${number}` });
    }
  }),
);
const Lines = { description: "Ticks.", content: { "application/x-ndjson": { schema: Tick } } };
at("get", "/lines", "read_lines", {}, { 200: Lines }, (c) => {
  c.header("Content-Type", "application/x-ndjson");
  return stream(c, async (out) => {
    for (const number of [0, 1, 2]) await out.write(`${JSON.stringify({ number })}\n`);
  });
});
const Text = { description: "Words.", content: { "text/plain": { schema: z.string() } } };
at("get", "/text", "read_text", {}, { 200: Text }, (c) => c.text("plain “words”", 200));
const Failing = { params: z.object({ status: z.coerce.number().int() }) };
at("get", "/errors/{status}", "fail", Failing, { 204: { description: "Never." }, 418: json(Problem) }, (c) => {
  const { status } = c.req.valid("param");
  if (status === 418) return c.json({ code: "teapot", message: "short and stout" }, 418);
  return c.text("no reason", status);
});
at("put", "/scalars/text", "put_text", { body: body(z.string()) }, { 200: json(z.string()) }, (c) => {
  held.put_text = c.req.valid("json");
  return c.json(held.put_text, 200);
});
at("put", "/scalars/numbers", "put_numbers", { body: body(z.array(z.int())) }, { 200: json(z.array(z.int())) }, (c) => {
  held.put_numbers = c.req.valid("json");
  return c.json(held.put_numbers, 200);
});
at("post", "/nothing", "nothing", {}, { 202: { description: "Heard." } }, (c) => c.body(null, 202));
for (const [type, scheme] of [
  ["bearer", { type: "http", scheme: "bearer" }],
  ["basic", { type: "http", scheme: "basic" }],
  ["key", { type: "apiKey", in: "header", name: "X-Api-Key" }],
  ["cookie", { type: "apiKey", in: "cookie", name: "session" }],
]) {
  app.openAPIRegistry.registerComponent("securitySchemes", type, scheme);
  at("get", `/secrets/${type}`, `with_${type}`, {}, { 200: json(z.string()) }, (c) => {
    const header = { bearer: "Authorization", basic: "Authorization", key: "X-Api-Key", cookie: "Cookie" }[type];
    return c.json(c.req.header(header) ?? "", 200);
  }, { security: [{ [type]: [] }] });
}

const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "Parcels", version: "1.0.0" } });
if (process.argv[2] === "document") {
  console.log(JSON.stringify(document, null, 2));
} else {
  serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
}
