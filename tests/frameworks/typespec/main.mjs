// The server of the parcels API in TypeSpec, written by hand: it does what main.tsp says. `main.mjs document` prints the
// document that the compiler emitted, `main.mjs serve` listens on a free port.
//
// `@typespec/http-server-js` makes servers of TypeSpec, and has no streams, no cookies and no lists of files yet.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { text as read, buffer } from "node:stream/consumers";

const HELD = new Map();
const PARCELS = new Map();
const FILES = new Map();

const hold = (name, value) => void HELD.set(name, value);
const json = (value, status = 200, headers = {}) => ({ status, headers, type: "application/json", body: JSON.stringify(value) });
const plain = (value, status = 200, headers = {}) => ({ status, headers, type: "text/plain", body: String(value) });
const empty = (status, headers = {}) => ({ status, headers });
const problem = (status, code, message) => json({ code, message }, status);

/** The text of JSON, in which numbers are as they were sent. */
const held = new Map();
const echo = (name) => async (request) => {
  const sent = await read(request);
  held.set(name, sent);
  return { status: 200, headers: {}, type: "application/json", body: sent };
};

const sight = async (file) => ({
  name: file.name,
  type: file.type,
  hex: Buffer.from(await file.arrayBuffer()).toString("hex"),
});

async function form(request) {
  const body = await buffer(request);
  const found = {};
  const sent = await new Response(body, { headers: { "content-type": request.headers["content-type"] } }).formData();
  for (const [name, value] of sent) {
    (found[name] ??= []).push(typeof value === "string" ? value : await sight(value));
  }
  return found;
}

function id(name) {
  const hash = createHash("sha1").update(name).digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
}

/** A value with the members of a patch; null takes one away. */
function patched(value, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const result = { ...(value ?? {}) };
  for (const [name, member] of Object.entries(patch)) {
    if (member === null) delete result[name];
    else result[name] = patched(result[name], member);
  }
  return result;
}

/** Pairs by their names; those of one name are in the order that they were sent in. */
const sorted = (pairs) => [...pairs].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));

const missing = (id) => problem(404, "missing", id);
const whole = (parcel) => ({ count: 1, fragile: false, ...parcel });

const cookies = (request) =>
  Object.fromEntries((request.headers.cookie ?? "").split("; ").map((pair) => pair.split("=").map(decodeURIComponent)));

const ROUTES = [
  ["GET", "/held/:name", async (_, { name }) => {
    const text = held.get(name);
    return { status: 200, headers: {}, type: "application/json", body: text ?? JSON.stringify(HELD.get(name) ?? null) };
  }],
  ["POST", "/parcels", async (request) => {
    const { secret, ...parcel } = JSON.parse(await read(request));
    const made = { id: id(parcel.name), ...whole(parcel) };
    if (PARCELS.has(made.id)) return problem(409, "conflict", parcel.name);
    PARCELS.set(made.id, made);
    hold("create_parcel", { ...parcel, secret });
    return json(made, 201, { location: `/parcels/${made.id}` });
  }],
  ["GET", "/parcels", async (_, __, query) => {
    hold("list_parcels", sorted(query));
    const kinds = query.getAll("kinds");
    const found = [...PARCELS.values()].filter((parcel) => !kinds.length || kinds.includes(parcel.kind));
    const [limit, offset] = [Number(query.get("limit") ?? 20), Number(query.get("offset") ?? 0)];
    return json({ items: found.slice(offset, offset + limit), total: found.length });
  }],
  ["GET", "/parcels/:id", async (_, { id }) => (PARCELS.has(id) ? json(PARCELS.get(id)) : missing(id))],
  ["HEAD", "/parcels/:id", async (_, { id }) => {
    const parcel = PARCELS.get(id);
    return parcel ? empty(200, { "x-price": parcel.price }) : empty(404);
  }],
  ["PATCH", "/parcels/:id", async (request, { id }) => {
    if (!PARCELS.has(id)) return missing(id);
    if (request.headers["content-type"] !== "application/merge-patch+json") return empty(415);
    const patch = JSON.parse(await read(request));
    hold("update_parcel", patch);
    PARCELS.set(id, patched(PARCELS.get(id), patch));
    return json(PARCELS.get(id));
  }],
  ["DELETE", "/parcels/:id", async (_, { id }) => (PARCELS.delete(id) ? empty(204) : missing(id))],
  ["GET", "/query", async (_, __, query) => {
    const [words, least, order] = [query.getAll("words"), query.get("least"), query.get("order")];
    hold("read_query", sorted(query));
    return json({ words, ...(least && { least: Number(least) }), ...(order && { order }) });
  }],
  ["POST", "/shapes", echo("echo_shapes")],
  ["POST", "/loose", echo("echo_loose")],
  ["POST", "/trees", echo("echo_tree")],
  ["POST", "/moments", echo("echo_moments")],
  ["POST", "/presence", echo("echo_presence")],
  ["POST", "/maps", echo("echo_maps")],
  ["POST", "/files/one", async (request) => {
    hold("upload_one", await form(request));
    return plain(1);
  }],
  ["POST", "/files/many", async (request) => {
    const sent = await form(request);
    hold("upload_many", sent);
    return plain(sent.files.length);
  }],
  ["PUT", "/files/:name/content", async (request, { name }) => {
    FILES.set(name, await buffer(request));
    hold("put_content", FILES.get(name).toString("hex"));
    return empty(204);
  }],
  ["GET", "/files/:name/content", async (_, { name }) => ({ status: 200, headers: {}, type: "image/png", body: FILES.get(name) })],
  ["GET", "/files/:name/any", async (request, { name }) => {
    hold("get_any", request.headers.accept);
    return { status: 200, headers: {}, type: "image/jpeg", body: FILES.get(name) };
  }],
  ["POST", "/forms", async (request) => {
    const sent = new URLSearchParams(await read(request));
    hold("send_form", sorted(sent));
    return plain(sent.get("name"));
  }],
  ["GET", "/headers", async ({ headers }) => {
    const names = ["x-text", "x-number", "x-words", "x-since", "x-day"];
    hold("read_headers", Object.fromEntries(names.map((name) => [name, headers[name]])));
    return plain("ok", 200, { "x-seen": headers["x-text"], "x-since": "Sun, 06 Nov 1994 08:49:37 GMT" });
  }],
  ["GET", "/cookies", async (request) => {
    hold("read_cookies", cookies(request));
    return plain(cookies(request).session);
  }],
  ["GET", "/paths/:text/:number/:day/:kind", async (_, parts) => {
    hold("read_path", { ...parts });
    return plain(parts.text);
  }],
  ["GET", "/rest/*rest", async (_, { rest }) => {
    hold("read_rest", rest);
    return plain(rest);
  }],
  ["GET", "/events", async () => {
    const tick = { number: 1, text: "line\nbreak" };
    const body = `event: tick\nid: a1\ndata: ${JSON.stringify(tick)}\n\n: still here\nevent: note\ndata: plain words\n\n`;
    return { status: 200, headers: {}, type: "text/event-stream", body };
  }],
  ["GET", "/lines", async () => ({
    status: 200,
    headers: {},
    type: "application/jsonl",
    body: [0, 1, 2].map((number) => `${JSON.stringify({ number })}\n`).join(""),
  })],
  ["GET", "/text", async () => plain("plain “words”")],
  ["GET", "/errors/:status", async (_, { status }) => {
    if (status === "418") return problem(418, "teapot", "short and stout");
    if (Number(status) >= 500) return problem(Number(status), "missing", "no reason");
    return status === "204" ? empty(204) : plain("no reason", Number(status));
  }],
  ["PUT", "/scalars/text", async (request) => {
    const sent = await read(request);
    hold("put_text", sent);
    return plain(sent);
  }],
  ["PUT", "/scalars/numbers", echo("put_numbers")],
  ["PUT", "/scalars/embedded", async (request) => {
    hold("put_embedded", JSON.parse(await read(request)));
    return plain(HELD.get("put_embedded").first);
  }],
  ["PUT", "/scalars/optional", async (request) => {
    const sent = await read(request);
    hold("put_optional", sent && JSON.parse(sent));
    return plain(sent !== "");
  }],
  ["POST", "/nothing", async () => empty(202)],
  ["GET", "/secrets/bearer", async ({ headers }) => plain(headers.authorization)],
  ["GET", "/secrets/basic", async ({ headers }) => plain(headers.authorization)],
  ["GET", "/secrets/key", async ({ headers }) => plain(headers["x-api-key"])],
].map(([method, path, answer]) => {
  const pattern = path.replace(/:(\w+)/g, "(?<$1>[^/]*)").replace(/\*(\w+)/g, "(?<$1>.*)");
  return { method, pattern: new RegExp(`^${pattern}$`), answer };
});

async function answer(request) {
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  for (const { method, pattern, answer } of ROUTES) {
    const found = method === request.method && pattern.exec(pathname);
    if (!found) continue;
    const parts = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return answer(request, Object.fromEntries(parts), searchParams);
  }
  return empty(404);
}

if (process.argv[2] === "document") {
  process.stdout.write(readFileSync(new URL("document.json", import.meta.url)));
} else {
  const server = createServer((request, response) => {
    answer(request)
      .catch((error) => {
        console.error(error);
        return empty(500);
      })
      .then(({ status, headers, type, body }) => {
        response.writeHead(status, { ...headers, ...(type && { "content-type": type }) }).end(body);
      });
  });
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}
