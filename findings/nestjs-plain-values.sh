#!/usr/bin/env bash
# NestJS 12.5.1 with @nestjs/swagger 12.0.2 on Express: a text, number or boolean is documented as JSON and sent as HTML.
#
# `@ApiOkResponse({ type: String })` documents `application/json`. The handler's value goes to `send()` of Express as
# text, which sends `text/html; charset=utf-8` and the bare characters: no quotes, so that a text is not JSON at all.
# Objects and lists go out as JSON.
#
# Output seen: "application/json of string: text/html; charset=utf-8 hello; application/json of number: text/html; charset=utf-8 5"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @nestjs/common@12.5.1 @nestjs/core@12.5.1 @nestjs/platform-express@12.5.1 \
    @nestjs/swagger@12.0.2 reflect-metadata@0.2.2 rxjs@7.8.2 typescript@5.9.3
cat > tsconfig.json <<'JSON'
{ "compilerOptions": { "target": "es2023", "module": "nodenext", "outDir": "dist", "skipLibCheck": true, "experimentalDecorators": true, "emitDecoratorMetadata": true, "types": [] }, "files": ["app.mts"] }
JSON
cat > app.mts <<'TS'
import "reflect-metadata";
import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ApiOkResponse, DocumentBuilder, SwaggerModule } from "@nestjs/swagger";

@Controller()
class Values {
  @Get("text")
  @ApiOkResponse({ type: String })
  text() { return "hello"; }

  @Get("number")
  @ApiOkResponse({ type: Number })
  number() { return 5; }
}

@Module({ controllers: [Values] })
class App {}

const app = await NestFactory.create(App, { logger: false, forceCloseConnections: true });
const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
await app.listen(0, "127.0.0.1");
const said: string[] = [];
for (const path of ["/text", "/number"]) {
  const [[media, { schema }]] = Object.entries<any>((document.paths[path].get!.responses as any)[200].content);
  const answer = await fetch((await app.getUrl()) + path);
  said.push(`${media} of ${schema.type}: ${answer.headers.get("content-type")} ${await answer.text()}`);
}
await app.close();
(globalThis as any).console.log(said.join("; "));
TS
npx tsc
found=$(node dist/app.mjs)
echo "$found"
[ "$found" = "application/json of string: text/html; charset=utf-8 hello; application/json of number: text/html; charset=utf-8 5" ]
