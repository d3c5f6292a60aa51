// The parcels API in oRPC. `main.mjs document` prints its document, `main.mjs serve` listens on a free port.

import { createServer } from "node:http";
import { OpenAPIGenerator } from "@orpc/openapi";
import { OpenAPIHandler } from "@orpc/openapi/node";
import { eventIterator, os, withEventMeta } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import * as z from "zod";

const held = {};
const parcels = new Map();
const files = new Map();

const Kind = z.enum(["letter", "box", "pallet"]);
const Address = z.object({ street: z.string(), city: z.string().nullable(), zip: z.string().regex(/^\d{5}$/).optional() });
const NewParcel = z.object({
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
});
const Parcel = NewParcel.extend({ id: z.uuid() });
const ParcelPatch = NewParcel.pick({ name: true, comment: true, address: true, tags: true }).partial();
const Circle = z.object({ kind: z.literal("circle"), radius: z.number() });
const Square = z.object({ kind: z.literal("square"), side: z.number(), label: z.string().optional() });
const Shape = z.discriminatedUnion("kind", [Circle, Square]);
const Loose = z.object({
  value: z.union([z.int(), z.boolean(), z.string(), z.array(z.int()), z.null()]),
  either: z.union([Circle, Address]),
});
const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree);
  },
  get left() {
    return Tree.nullish();
  },
});
const Moments = z.object({
  day: z.iso.date(),
  clock: z.iso.time(),
  at: z.coerce.date(),
  lasts: z.iso.duration(),
  amount: z.string(),
  id: z.uuid(),
  link: z.url(),
  big: z.coerce.bigint(),
  ratio: z.number(),
});
const Presence = z.object({
  must: z.string(),
  must_nullable: z.string().nullable(),
  may: z.string().optional(),
  may_nullable: z.string().nullish(),
  number: z.int().optional(),
});
const Maps = z.object({
  texts: z.record(z.string(), z.string()),
  nested: z.record(z.string(), z.record(z.string(), z.int())),
  anything: z.any(),
  pair: z.tuple([z.string(), z.int()]),
});
const Tick = z.object({ number: z.int(), text: z.string().optional() });

const json = (value) => JSON.parse(JSON.stringify(value, (_, value) => (typeof value === "bigint" ? value.toString() : value)));
const named = z.object({ parcel_id: z.uuid() });
const MISSING = { MISSING: { status: 404, message: "There is no such parcel.", data: z.object({ id: z.string() }) } };
const CONFLICT = { CONFLICT: { status: 409, data: z.object({ name: z.string() }) } };
const TEAPOT = { TEAPOT: { status: 418, data: z.object({ size: z.string() }) } };

const router = {
  create_parcel: os
    .errors(CONFLICT)
    .route({ method: "POST", path: "/parcels", successStatus: 201, outputStructure: "detailed" })
    .input(NewParcel)
    .output(z.object({ body: Parcel, headers: z.object({ location: z.string() }) }))
    .handler(({ input, errors }) => {
      if ([...parcels.values()].some((other) => other.name === input.name)) throw errors.CONFLICT({ data: { name: input.name } });
      const made = { ...input, id: crypto.randomUUID() };
      parcels.set(made.id, made);
      held.create_parcel = made;
      return { body: made, headers: { location: `/parcels/${made.id}` } };
    }),
  get_parcel: os.errors(MISSING).route({ method: "GET", path: "/parcels/{parcel_id}" }).input(named).output(Parcel).handler(({ input, errors }) => {
    if (!parcels.has(input.parcel_id)) throw errors.MISSING({ data: { id: input.parcel_id } });
    return parcels.get(input.parcel_id);
  }),
  update_parcel: os.errors(MISSING).route({ method: "PATCH", path: "/parcels/{parcel_id}" }).input(named.extend(ParcelPatch.shape)).output(Parcel).handler(({ input }) => {
    const { parcel_id, ...patch } = input;
    held.update_parcel = patch;
    parcels.set(parcel_id, { ...parcels.get(parcel_id), ...patch });
    return parcels.get(parcel_id);
  }),
  delete_parcel: os.errors(MISSING).route({ method: "DELETE", path: "/parcels/{parcel_id}", successStatus: 204 }).input(named).output(z.undefined()).handler(({ input, errors }) => {
    if (!parcels.delete(input.parcel_id)) throw errors.MISSING({ data: { id: input.parcel_id } });
  }),
  list_parcels: os
    .route({ method: "GET", path: "/parcels" })
    .input(
      z.object({
        kinds: z.array(Kind).optional(),
        sizes: z.array(z.coerce.number().int()).optional(),
        fragile: z.stringbool().optional(),
        made_after: z.iso.date().optional(),
        sent_before: z.iso.datetime({ offset: true }).optional(),
        name: z.string().optional(),
        address: z.object({ street: z.string(), zip: z.string().optional() }).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
        offset: z.coerce.number().int().default(0),
      }),
    )
    .output(z.object({ items: z.array(Parcel), total: z.int() }))
    .handler(({ input }) => {
      held.list_parcels = input;
      const found = [...parcels.values()].filter((parcel) => !input.kinds || input.kinds.includes(parcel.kind));
      return { items: found.slice(input.offset, input.offset + input.limit), total: found.length };
    }),
  ...Object.fromEntries(
    [
      ["/shapes", "echo_shapes", z.object({ shapes: z.array(Shape) })],
      ["/loose", "echo_loose", Loose],
      ["/trees", "echo_tree", Tree],
      ["/moments", "echo_moments", Moments],
      ["/presence", "echo_presence", Presence],
      ["/maps", "echo_maps", Maps],
    ].map(([path, name, schema]) => [
      name,
      os.route({ method: "POST", path }).input(schema).output(z.any()).handler(({ input }) => {
        held[name] = json(input);
        return input;
      }),
    ]),
  ),
  upload_one: os
    .route({ method: "POST", path: "/files/one" })
    .input(z.object({ file: z.file(), caption: z.string(), copies: z.coerce.number().int().optional() }))
    .output(z.string())
    .handler(async ({ input }) => {
      held.upload_one = { file: await sight(input.file), caption: input.caption, copies: input.copies };
      return input.caption;
    }),
  upload_many: os
    .route({ method: "POST", path: "/files/many" })
    .input(z.object({ files: z.array(z.file()), tags: z.array(z.string()).optional() }))
    .output(z.int())
    .handler(async ({ input }) => {
      held.upload_many = { files: await Promise.all(input.files.map(sight)), tags: input.tags };
      return input.files.length;
    }),
  put_content: os
    .route({ method: "PUT", path: "/files/{name}/content", successStatus: 204, inputStructure: "detailed" })
    .input(z.object({ params: z.object({ name: z.string() }), body: z.file() }))
    .output(z.undefined())
    .handler(async ({ input }) => {
      files.set(input.params.name, input.body);
      held.put_content = await sight(input.body);
    }),
  get_content: os
    .route({ method: "GET", path: "/files/{name}/content" })
    .input(z.object({ name: z.string() }))
    .output(z.file())
    .handler(({ input }) => files.get(input.name)),
  read_headers: os
    .route({ method: "GET", path: "/headers", inputStructure: "detailed", outputStructure: "detailed" })
    .input(z.object({ headers: z.object({ "x-text": z.string(), "x-number": z.coerce.number().int().optional() }) }))
    .output(z.object({ body: z.string(), headers: z.object({ "x-seen": z.string() }) }))
    .handler(({ input }) => {
      held.read_headers = { text: input.headers["x-text"], number: input.headers["x-number"] };
      return { body: input.headers["x-text"], headers: { "x-seen": input.headers["x-text"] } };
    }),
  read_path: os
    .route({ method: "GET", path: "/paths/{text}/{number}/{kind}" })
    .input(z.object({ text: z.string(), number: z.coerce.number(), kind: Kind }))
    .output(z.string())
    .handler(({ input }) => {
      held.read_path = input;
      return input.text;
    }),
  read_rest: os
    .route({ method: "GET", path: "/rest/{+rest}" })
    .input(z.object({ rest: z.string() }))
    .output(z.string())
    .handler(({ input }) => input.rest),
  watch: os
    .route({ method: "GET", path: "/events" })
    .output(eventIterator(Tick))
    .handler(async function* () {
      for (const number of [0, 1, 2]) yield withEventMeta({ number, text: "line\nbreak" }, { id: `a${number}` });
    }),
  fail: os
    .errors(TEAPOT)
    .route({ method: "GET", path: "/errors/{status}" })
    .input(z.object({ status: z.coerce.number().int() }))
    .output(z.string())
    .handler(({ errors, input }) => {
      if (input.status === 418) throw errors.TEAPOT({ message: "short and stout", data: { size: "small" } });
      return "fine";
    }),
  put_numbers: os.route({ method: "PUT", path: "/scalars/numbers" }).input(z.array(z.int())).output(z.array(z.int())).handler(({ input }) => input),
  nothing: os.route({ method: "POST", path: "/nothing", successStatus: 202 }).handler(() => undefined),
};

async function sight(file) {
  return { name: file.name, type: file.type, hex: Buffer.from(await file.arrayBuffer()).toString("hex") };
}

if (process.argv[2] === "document") {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const commonSchemas = { Parcel: { schema: Parcel }, Tree: { schema: Tree }, Address: { schema: Address }, Kind: { schema: Kind } };
  const document = await generator.generate(router, { info: { title: "Parcels", version: "1.0.0" }, commonSchemas });
  console.log(JSON.stringify(document, null, 2));
} else {
  const handler = new OpenAPIHandler(router);
  const server = createServer(async (request, response) => {
    if (request.url.startsWith("/held/")) {
      response.setHeader("Content-Type", "application/json");
      return response.end(JSON.stringify(held[request.url.slice(6)] ?? null));
    }
    const { matched } = await handler.handle(request, response);
    if (!matched) response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}
