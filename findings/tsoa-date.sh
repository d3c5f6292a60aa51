#!/usr/bin/env bash
# tsoa 6.6.0: a day is documented as `date` and sent as a date-time.
#
# A member of the type `Date` with `@isDate` is documented as `format: date`, in requests and in answers. A request is read
# so, but in the answer the same member is what JavaScript makes of its dates.
#
# Output seen: "documented: date; sent: 2026-02-28T00:00:00.000Z"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tsoa@6.6.0 express@5.1.0 typescript@5.9.3 @types/express@5.0.5 @types/node@24.10.1
cat > tsoa.json <<'JSON'
{ "entryFile": "app.ts", "controllerPathGlobs": ["days.ts"], "spec": { "outputDirectory": ".", "specVersion": 3 }, "routes": { "routesDir": "." } }
JSON
cat > tsconfig.json <<'JSON'
{ "compilerOptions": { "target": "es2022", "module": "commonjs", "outDir": "dist", "strict": true, "skipLibCheck": true, "esModuleInterop": true, "experimentalDecorators": true, "types": ["node", "express"] }, "files": ["app.ts", "days.ts", "routes.ts"] }
JSON
cat > days.ts <<'TS'
import { Body, Controller, Post, Route } from "tsoa";

interface Stay {
  /** @isDate */
  from: Date;
}

@Route("stays")
export class Stays extends Controller {
  @Post()
  public async echo(@Body() stay: Stay): Promise<Stay> {
    return stay;
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
  const send = (from: string) =>
    fetch(`http://127.0.0.1:${port}/stays`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Connection: "close" },
      body: JSON.stringify({ from }),
    });
  const { from } = (await (await send("2026-02-28")).json()) as { from: string };
  const document = JSON.parse(readFileSync("swagger.json", "utf8"));
  const { format } = document.components.schemas.Stay.properties.from;
  console.log(`documented: ${format}; sent: ${from}`);
  process.exit(0);
});
TS
npx tsoa spec-and-routes
npx tsc
found=$(node dist/app.js)
echo "$found"
[ "$found" = "documented: date; sent: 2026-02-28T00:00:00.000Z" ]
