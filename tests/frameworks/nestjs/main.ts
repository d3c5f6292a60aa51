// The parcels API in NestJS. `main.js document` prints its document, `main.js serve` listens on a free port.

import "reflect-metadata";
import { randomUUID } from "node:crypto";
import {
  BadRequestException, Body, Controller, Delete, Get, Header, Headers, HttpCode, HttpException, Module, NotFoundException,
  Param, ParseArrayPipe, ParseFloatPipe, ParseIntPipe, ParseUUIDPipe, Patch, Post, Put, Query, Req, Res, Sse,
  StreamableFile, UploadedFile, UploadedFiles, UseInterceptors, ValidationPipe,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { FileInterceptor, FilesInterceptor } from "@nestjs/platform-express";
import {
  ApiBasicAuth, ApiBearerAuth, ApiBody, ApiConsumes, ApiCookieAuth, ApiExcludeController, ApiExtraModels, ApiHeader, ApiOkResponse, ApiCreatedResponse,
  ApiNoContentResponse, ApiNotFoundResponse, ApiProduces, ApiProperty, ApiPropertyOptional, ApiQuery, ApiResponse, ApiSecurity, ApiConflictResponse,
  DocumentBuilder, PartialType, PickType, SwaggerModule, getSchemaPath,
} from "@nestjs/swagger";
import { Transform, Type } from "class-transformer";
import { IsArray, IsBoolean, IsDateString, IsEnum, IsInt, IsNumber, IsOptional, IsString, Min, ValidateNested } from "class-validator";
import type { Request, Response } from "express";
import { Observable, from, map } from "rxjs";

const held: Record<string, unknown> = {};
const parcels = new Map<string, Parcel>();
const files = new Map<string, Buffer>();

@ApiExcludeController()
@Controller("held")
class HeldController {
  @Get(":name")
  held(@Param("name") name: string, @Res() response: Response) {
    response.json(held[name] ?? null);
  }
}

enum Kind {
  letter = "letter",
  box = "box",
  pallet = "pallet",
}

class Address {
  @ApiProperty()
  @IsString()
  street: string;

  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  city: string | null;

  @ApiPropertyOptional({ pattern: "^\\d{5}$" })
  @IsOptional()
  zip?: string;
}

class NewParcel {
  @ApiProperty({ minLength: 1, maxLength: 40 })
  @IsString()
  name: string;

  @ApiProperty({ enum: Kind, enumName: "Kind" })
  @IsEnum(Kind)
  kind: Kind;

  @ApiProperty({ exclusiveMinimum: true, minimum: 0 })
  @IsNumber()
  weight: number;

  @ApiProperty({ type: "integer", default: 1, required: false })
  @IsOptional()
  @IsInt()
  count: number = 1;

  @ApiProperty({ format: "decimal", example: "19.90" })
  @IsString()
  price: string;

  @ApiProperty({ default: false, required: false })
  @IsOptional()
  @IsBoolean()
  fragile: boolean = false;

  @ApiProperty({ type: [String] })
  @IsArray()
  tags: string[];

  @ApiPropertyOptional({ type: "array", items: { type: "integer" }, nullable: true })
  @IsOptional()
  sizes?: number[] | null;

  @ApiProperty({ format: "date" })
  @IsDateString()
  made_on: string;

  @ApiProperty()
  @Type(() => Date)
  sent_at: Date;

  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  note: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  comment?: string | null;

  @ApiPropertyOptional({ type: () => Address, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => Address)
  address?: Address | null;

  @ApiPropertyOptional({ type: "object", additionalProperties: { type: "string" } })
  @IsOptional()
  labels?: Record<string, string>;

  @ApiPropertyOptional({ type: "object", additionalProperties: true, nullable: true })
  @IsOptional()
  extra?: Record<string, unknown> | null;
}

class Parcel extends NewParcel {
  @ApiProperty({ format: "uuid", readOnly: true })
  id: string;
}

class ParcelPatch extends PartialType(PickType(NewParcel, ["name", "comment", "address", "tags"] as const)) {}

class ParcelPage {
  @ApiProperty({ type: [Parcel] })
  items: Parcel[];

  @ApiProperty({ type: "integer" })
  total: number;
}

class Problem {
  @ApiProperty({ enum: ["missing", "conflict", "teapot"] })
  code: string;

  @ApiProperty()
  message: string;
}

class Circle {
  @ApiProperty({ enum: ["circle"] })
  kind: "circle";

  @ApiProperty()
  radius: number;
}

class Square {
  @ApiProperty({ enum: ["square"] })
  kind: "square";

  @ApiProperty()
  side: number;

  @ApiPropertyOptional()
  label?: string;
}

const SHAPES = {
  type: "array",
  items: {
    oneOf: [{ $ref: getSchemaPath(Circle) }, { $ref: getSchemaPath(Square) }],
    discriminator: {
      propertyName: "kind",
      mapping: { circle: getSchemaPath(Circle), square: getSchemaPath(Square) },
    },
  },
};

class Loose {
  @ApiProperty({
    oneOf: [{ type: "integer" }, { type: "boolean" }, { type: "string" }, { type: "array", items: { type: "integer" } }],
    nullable: true,
  })
  @IsOptional()
  value: unknown;

  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(Circle) }, { $ref: getSchemaPath(Address) }] })
  @IsOptional()
  either: Circle | Address;
}

class Tree {
  @ApiProperty()
  @IsString()
  name: string;

  @ApiProperty({ type: () => [Tree] })
  @IsArray()
  children: Tree[];

  @ApiPropertyOptional({ type: () => Tree, nullable: true })
  @IsOptional()
  left?: Tree | null;
}

class Moments {
  @ApiProperty({ format: "date" })
  @IsString()
  day: string;

  @ApiProperty({ format: "time" })
  @IsString()
  clock: string;

  @ApiProperty()
  @Type(() => Date)
  at: Date;

  @ApiProperty({ format: "duration" })
  @IsString()
  lasts: string;

  @ApiProperty({ format: "decimal" })
  @IsString()
  amount: string;

  @ApiProperty({ format: "uuid" })
  @IsString()
  id: string;

  @ApiProperty({ format: "byte" })
  @IsString()
  data: string;

  @ApiProperty({ format: "uri" })
  @IsString()
  link: string;

  @ApiProperty({ type: BigInt })
  @IsOptional()
  big: bigint;

  @ApiProperty()
  @IsNumber()
  ratio: number;
}

class Presence {
  @ApiProperty()
  @IsString()
  must: string;

  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  must_nullable: string | null;

  @ApiPropertyOptional()
  @IsOptional()
  may?: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  may_nullable?: string | null;

  @ApiPropertyOptional({ type: "integer", default: 7 })
  @IsOptional()
  number?: number;
}

class Maps {
  @ApiProperty({ type: "object", additionalProperties: { type: "string" } })
  @IsOptional()
  texts: Record<string, string>;

  @ApiProperty({ type: "object", additionalProperties: { type: "object", additionalProperties: { type: "integer" } } })
  @IsOptional()
  nested: Record<string, Record<string, number>>;

  @ApiProperty({ type: Object })
  @IsOptional()
  anything: unknown;
}

class OneFile {
  @ApiProperty({ type: "string", format: "binary" })
  file: unknown;

  @ApiProperty()
  @IsString()
  caption: string;

  @ApiPropertyOptional({ type: "integer", default: 1 })
  @IsOptional()
  @Type(() => Number)
  copies: number = 1;
}

class ManyFiles {
  @ApiProperty({ type: "array", items: { type: "string", format: "binary" } })
  files: unknown[];

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  tags?: string[];
}

class MaybeFile {
  @ApiPropertyOptional({ type: "string", format: "binary", nullable: true })
  file?: unknown;

  @ApiPropertyOptional()
  @IsOptional()
  note?: string;
}

class Sent {
  @ApiProperty()
  @IsString()
  name: string;

  @ApiProperty({ type: "integer" })
  @Type(() => Number)
  @IsInt()
  count: number;

  @ApiProperty()
  @Type(() => Number)
  @IsNumber()
  weight: number;

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  tags?: string[];

  @ApiPropertyOptional()
  @IsOptional()
  note?: string;
}

class Tick {
  @ApiProperty({ type: "integer" })
  number: number;

  @ApiPropertyOptional()
  text?: string;
}

class ListQuery {
  @ApiPropertyOptional({ enum: Kind, enumName: "Kind", isArray: true })
  @IsOptional()
  kinds?: Kind[];

  @ApiPropertyOptional({ type: "array", items: { type: "integer" } })
  @IsOptional()
  @Type(() => Number)
  sizes?: number[];

  @ApiPropertyOptional()
  @IsOptional()
  @Transform(({ value }) => value === "true")
  fragile?: boolean;

  @ApiPropertyOptional({ format: "date" })
  @IsOptional()
  made_after?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Date)
  sent_before?: Date;

  @ApiPropertyOptional()
  @IsOptional()
  name?: string;

  @ApiPropertyOptional({ type: "integer", default: 20 })
  @IsOptional()
  @Type(() => Number)
  limit: number = 20;

  @ApiPropertyOptional({ type: "integer", default: 0 })
  @IsOptional()
  @Type(() => Number)
  offset: number = 0;
}

function sight(file?: Express.Multer.File) {
  if (!file) return null;
  return { name: file.originalname, type: file.mimetype, hex: file.buffer.toString("hex") };
}

function known(id: string): Parcel {
  const parcel = parcels.get(id);
  if (!parcel) throw new NotFoundException({ code: "missing", message: id });
  return parcel;
}

@Controller("parcels")
class ParcelsController {
  @Post()
  @ApiCreatedResponse({ type: Parcel, headers: { Location: { description: "Where it is.", schema: { type: "string" } } } })
  @ApiConflictResponse({ type: Problem })
  createParcel(@Body() parcel: NewParcel, @Res({ passthrough: true }) response: Response): Parcel {
    if ([...parcels.values()].some((other) => other.name === parcel.name)) {
      throw new HttpException({ code: "conflict", message: parcel.name }, 409);
    }
    const made = { ...parcel, id: randomUUID() };
    parcels.set(made.id, made);
    held.create_parcel = made;
    response.setHeader("Location", `/parcels/${made.id}`);
    return made;
  }

  @Get()
  @ApiOkResponse({ type: ParcelPage })
  listParcels(@Query() query: ListQuery): ParcelPage {
    held.list_parcels = query;
    const found = [...parcels.values()].filter((parcel) => !query.kinds || query.kinds.includes(parcel.kind));
    return { items: found.slice(query.offset, query.offset + query.limit), total: found.length };
  }

  @Get(":parcelId")
  @ApiNotFoundResponse({ type: Problem })
  @ApiOkResponse({ type: Parcel })
  getParcel(@Param("parcelId", ParseUUIDPipe) id: string): Parcel {
    return known(id);
  }

  @Patch(":parcelId")
  @ApiNotFoundResponse({ type: Problem })
  @ApiOkResponse({ type: Parcel })
  updateParcel(@Param("parcelId", ParseUUIDPipe) id: string, @Body() patch: ParcelPatch): Parcel {
    held.update_parcel = { ...patch };
    const patched = Object.assign(known(id), patch);
    return patched;
  }

  @Delete(":parcelId")
  @HttpCode(204)
  @ApiNotFoundResponse({ type: Problem })
  deleteParcel(@Param("parcelId", ParseUUIDPipe) id: string): void {
    known(id);
    parcels.delete(id);
  }
}

@ApiExtraModels(Circle, Square)
@Controller()
class ValuesController {
  @Post("shapes")
  @HttpCode(200)
  @ApiBody({ schema: SHAPES as never })
  @ApiOkResponse({ schema: SHAPES as never })
  echoShapes(@Body() shapes: unknown[]) {
    held.echo_shapes = shapes;
    return shapes;
  }

  @Post("loose")
  @HttpCode(200)
  @ApiOkResponse({ type: Loose })
  echoLoose(@Body() loose: Loose): Loose {
    held.echo_loose = loose;
    return loose;
  }

  @Post("trees")
  @HttpCode(200)
  @ApiOkResponse({ type: Tree })
  echoTree(@Body() tree: Tree): Tree {
    held.echo_tree = tree;
    return tree;
  }

  @Post("moments")
  @HttpCode(200)
  @ApiOkResponse({ type: Moments })
  echoMoments(@Body() moments: Moments): Moments {
    held.echo_moments = moments;
    return moments;
  }

  @Post("presence")
  @HttpCode(200)
  @ApiOkResponse({ type: Presence })
  echoPresence(@Body() presence: Presence): Presence {
    held.echo_presence = { ...presence };
    return presence;
  }

  @Post("maps")
  @HttpCode(200)
  @ApiOkResponse({ type: Maps })
  echoMaps(@Body() maps: Maps): Maps {
    held.echo_maps = maps;
    return maps;
  }
}

@Controller("files")
class FilesController {
  @Post("one")
  @ApiConsumes("multipart/form-data")
  @UseInterceptors(FileInterceptor("file"))
  @ApiCreatedResponse({ type: String })
  uploadOne(@UploadedFile() file: Express.Multer.File, @Body() body: OneFile): string {
    held.upload_one = { file: sight(file), caption: body.caption, copies: body.copies };
    return body.caption;
  }

  @Post("many")
  @ApiConsumes("multipart/form-data")
  @UseInterceptors(FilesInterceptor("files"))
  @ApiCreatedResponse({ type: Number })
  uploadMany(@UploadedFiles() files: Express.Multer.File[], @Body() body: ManyFiles): number {
    held.upload_many = { files: files.map(sight), tags: body.tags ?? [] };
    return files.length;
  }

  @Post("maybe")
  @ApiConsumes("multipart/form-data")
  @UseInterceptors(FileInterceptor("file"))
  @ApiCreatedResponse({ type: Boolean })
  uploadMaybe(@UploadedFile() file: Express.Multer.File | undefined, @Body() body: MaybeFile): boolean {
    held.upload_maybe = { file: sight(file), note: body.note ?? null };
    return file !== undefined;
  }

  @Put(":name/content")
  @HttpCode(204)
  @ApiConsumes("application/octet-stream")
  @ApiBody({ schema: { type: "string", format: "binary" } })
  putContent(@Param("name") name: string, @Req() request: Request): void {
    held.put_content = (request.body as Buffer).toString("hex");
    files.set(name, request.body as Buffer);
  }

  @Get(":name/content")
  @ApiProduces("image/png")
  @ApiOkResponse({ schema: { type: "string", format: "binary" } })
  getContent(@Param("name") name: string): StreamableFile {
    return new StreamableFile(files.get(name) ?? Buffer.from(""), { type: "image/png" });
  }
}

@Controller()
class ParametersController {
  @Post("forms")
  @HttpCode(200)
  @ApiConsumes("application/x-www-form-urlencoded")
  @ApiOkResponse({ type: String })
  sendForm(@Body() sent: Sent): string {
    held.send_form = sent;
    return sent.name;
  }

  @Get("headers")
  @ApiHeader({ name: "X-Text", required: true })
  @ApiHeader({ name: "X-Number", required: false, schema: { type: "integer" } })
  @ApiOkResponse({ type: String })
  readHeaders(
    @Headers("x-text") text: string,
    @Headers("x-number") number: string,
    @Res({ passthrough: true }) response: Response,
  ): string {
    held.read_headers = { text, number };
    response.setHeader("X-Seen", text);
    return text;
  }

  @Get("paths/:text/:number/:kind")
  @ApiOkResponse({ type: String })
  readPath(
    @Param("text") text: string,
    @Param("number", ParseFloatPipe) number: number,
    @Param("kind") kind: Kind,
  ): string {
    held.read_path = { text, number, kind };
    return text;
  }

  @Get("query")
  @ApiQuery({ name: "filter", style: "deepObject", explode: true, required: false, schema: { type: "object", properties: { least: { type: "number" }, word: { type: "string" } } } })
  @ApiQuery({ name: "ids", type: "integer", isArray: true, required: true })
  @ApiOkResponse({ type: Number })
  readQuery(@Query("ids", new ParseArrayPipe({ items: Number })) ids: number[], @Query("filter") filter?: object): number {
    held.read_query = { ids, filter };
    return ids.length;
  }
}

@Controller()
class AnswersController {
  @Sse("events")
  @ApiProduces("text/event-stream")
  @ApiOkResponse({ type: Tick })
  watch(): Observable<{ data: Tick; type: string; id: string }> {
    return from([0, 1, 2]).pipe(map((number) => ({ data: { number, text: "line\nbreak" }, type: "tick", id: `a${number}` })));
  }

  @Get("text")
  @Header("Content-Type", "text/plain; charset=utf-8")
  @ApiProduces("text/plain")
  @ApiOkResponse({ type: String })
  readText(): string {
    return "plain “words”";
  }

  @Get("errors/:status")
  @ApiResponse({ status: 418, type: Problem })
  fail(@Param("status", ParseIntPipe) status: number): void {
    if (status === 418) throw new HttpException({ code: "teapot", message: "short and stout" }, 418);
    throw new HttpException("no reason", status);
  }

  @Put("scalars/numbers")
  @ApiBody({ schema: { type: "array", items: { type: "integer" } } })
  @ApiOkResponse({ type: [Number] })
  putNumbers(@Body() numbers: number[]): number[] {
    held.put_numbers = numbers;
    return numbers;
  }

  @Post("nothing")
  @HttpCode(202)
  nothing(): void {
    held.nothing = true;
  }

  @Get("whole")
  @ApiOkResponse({ type: Number })
  wholeNumber(): number {
    return 5;
  }

  @Get("flag")
  @ApiOkResponse({ type: Boolean })
  flag(): boolean {
    return true;
  }

  @Get("maybe")
  @ApiOkResponse({ type: Tick })
  maybe(): Tick | null {
    return null;
  }

  @Get("secrets/bearer")
  @ApiBearerAuth()
  @ApiOkResponse({ type: String })
  withBearer(@Headers("authorization") secret: string): string {
    return secret;
  }

  @Get("secrets/basic")
  @ApiBasicAuth()
  @ApiOkResponse({ type: String })
  withBasic(@Headers("authorization") secret: string): string {
    return Buffer.from(secret.split(" ")[1], "base64").toString();
  }

  @Get("secrets/key")
  @ApiSecurity("key")
  @ApiOkResponse({ type: String })
  withKey(@Headers("x-api-key") secret: string): string {
    return secret;
  }

  @Get("secrets/cookie")
  @ApiCookieAuth("session")
  @ApiOkResponse({ type: String })
  withCookie(@Req() request: Request): string {
    return request.headers.cookie ?? "";
  }
}

@Module({
  controllers: [HeldController, ParcelsController, ValuesController, FilesController, ParametersController, AnswersController],
})
class AppModule {}

const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: ["error"] });
app.useGlobalPipes(new ValidationPipe({ transform: true }));
app.useBodyParser("raw", { type: "application/octet-stream" });
app.set("query parser", "extended");
app.set("query parser", "extended");
app.useBodyParser("urlencoded", { extended: true });
const config = new DocumentBuilder()
  .setTitle("Parcels")
  .setVersion("1.0.0")
  .addBearerAuth()
  .addBasicAuth()
  .addApiKey({ type: "apiKey", name: "X-Api-Key", in: "header" }, "key")
  .addCookieAuth("session", undefined, "session")
  .build();
const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (_, method) => method });
if (process.argv[2] === "document") {
  console.log(JSON.stringify(document, null, 2));
  process.exit(0);
}
await app.listen(0, "127.0.0.1");
console.log((await app.getUrl()).replace("[::1]", "127.0.0.1"));
