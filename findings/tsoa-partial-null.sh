#!/usr/bin/env bash
# tsoa 6.6.0: `Partial` takes null away.
#
# A member `note?: string | null` may be null, in the document and on the server. In `Partial` of the same
# type, as a patch has it, TypeScript still allows null, but tsoa documents a text that is not nullable and refuses null:
# a member can't be cleared.
#
# Output seen: "whole: nullable true, null is answered with 200; Partial: nullable undefined, null is answered with 400"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tsoa@6.6.0 express@5.1.0 typescript@5.9.3 @types/express@5.0.5 @types/node@24.10.1
cat > tsoa.json <<'JSON'
{ "entryFile": "app.ts", "controllerPathGlobs": ["items.ts"], "spec": { "outputDirectory": ".", "specVersion": 3 }, "routes": { "routesDir": "." } }
JSON
cat > tsconfig.json <<'JSON'
{ "compilerOptions": { "target": "es2022", "module": "commonjs", "outDir": "dist", "strict": true, "skipLibCheck": true, "esModuleInterop": true, "experimentalDecorators": true, "types": ["node", "express"] }, "files": ["app.ts", "items.ts", "routes.ts"] }
JSON
cat > items.ts <<'TS'
import { Body, Controller, Patch, Put, Route } from "tsoa";

interface Item {
  note?: string | null;
}

@Route("items")
export class Items extends Controller {
  @Put()
  public async put(@Body() item: Item): Promise<void> {
    this.setStatus(200);
  }

  @Patch()
  public async patch(@Body() item: Partial<Item>): Promise<void> {
    this.setStatus(200);
  }
}
TS
cat > app.ts <<'TS'
import { readFileSync } from "node:fs";
import express, { NextFunction, Request, Response } from "express";
import { RegisterRoutes } from "./routes";

const app = express();
app.use(express.json());
RegisterRoutes(app);
app.use((error: { status?: number }, _: Request, response: Response, _next: NextFunction) => {
  response.status(error.status ?? 500).end();
});
const server = app.listen(0, "127.0.0.1", async () => {
  const { port } = server.address() as { port: number };
  const status = async (method: string) => {
    const headers = { "Content-Type": "application/json", Connection: "close" };
    return (await fetch(`http://127.0.0.1:${port}/items`, { method, headers, body: '{"note":null}' })).status;
  };
  const { schemas } = JSON.parse(readFileSync("swagger.json", "utf8")).components;
  const nullable = (name: string) => schemas[name].properties.note.nullable;
  console.log(
    `whole: nullable ${nullable("Item")}, null is answered with ${await status("PUT")}; ` +
      `Partial: nullable ${nullable("Partial_Item_")}, null is answered with ${await status("PATCH")}`,
  );
  process.exit(0);
});
TS
npx tsoa spec-and-routes
npx tsc
found=$(node dist/app.js)
echo "$found"
[ "$found" = "whole: nullable true, null is answered with 200; Partial: nullable undefined, null is answered with 400" ]
