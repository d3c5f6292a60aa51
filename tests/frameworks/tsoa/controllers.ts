import { Readable } from "node:stream";
import type { Request as Incoming } from "express";
import {
  Body, Controller, Delete, FormField, Get, Header, OperationId, Patch, Path, Post, Produces, Put, Query, Request, Response,
  Route, Security, SuccessResponse, UploadedFile, UploadedFiles,
} from "tsoa";

export const held: Record<string, unknown> = {};
const parcels = new Map<string, Parcel>();

export class Loud extends Error {
  constructor(readonly status: number, readonly problem: Problem) {
    super(problem.message);
  }
}

export enum Kind {
  letter = "letter",
  box = "box",
  pallet = "pallet",
}

export interface Address {
  street: string;
  city: string | null;
  /** @pattern ^\d{5}$ */
  zip?: string;
}

export interface NewParcel {
  /**
   * @minLength 1
   * @maxLength 40
   */
  name: string;
  kind: Kind;
  weight: number;
  /**
   * @isInt
   * @default 1
   */
  count?: number;
  price: string;
  fragile?: boolean;
  tags: string[];
  sizes?: number[] | null;
  /** @isDate */
  made_on: Date;
  sent_at: Date;
  note: string | null;
  comment?: string | null;
  address?: Address | null;
  labels?: Record<string, string>;
  extra?: { [name: string]: unknown };
}

export interface Parcel extends NewParcel {
  id: string;
}

export type ParcelPatch = Partial<Pick<NewParcel, "name" | "comment" | "address" | "tags">>;

export interface ParcelPage {
  items: Parcel[];
  /** @isInt */
  total: number;
}

export interface Problem {
  code: "missing" | "conflict" | "teapot" | "invalid";
  message: string;
}

export interface Circle {
  kind: "circle";
  radius: number;
}

export interface Square {
  kind: "square";
  side: number;
  label?: string;
}

export type Shape = Circle | Square;

export interface Loose {
  value: number | boolean | string | number[] | null;
  either: Circle | Address;
}

export interface Tree {
  name: string;
  children: Tree[];
  left?: Tree;
}

export interface Presence {
  must: string;
  must_nullable: string | null;
  may?: string;
  may_nullable?: string | null;
  /** @isInt */
  number?: number;
}

export interface Maps {
  texts: Record<string, string>;
  nested: Record<string, Record<string, number>>;
  anything: unknown;
  [more: string]: unknown;
}

type File = Express.Multer.File;

const sight = (file?: File) =>
  file ? { name: file.originalname, type: file.mimetype, hex: file.buffer.toString("hex") } : null;

function known(id: string): Parcel {
  const parcel = parcels.get(id);
  if (!parcel) throw new Loud(404, { code: "missing", message: id });
  return parcel;
}

@Route("parcels")
export class ParcelsController extends Controller {
  @Post()
  @OperationId("create_parcel")
  @SuccessResponse(201, "Made.")
  @Response<Problem>(409, "There is one of that name.")
  public async createParcel(@Body() parcel: NewParcel): Promise<Parcel> {
    if ([...parcels.values()].some((other) => other.name === parcel.name)) {
      throw new Loud(409, { code: "conflict", message: parcel.name });
    }
    const made = { ...parcel, id: `p${parcels.size}` };
    parcels.set(made.id, made);
    held.create_parcel = made;
    this.setStatus(201);
    this.setHeader("Location", `/parcels/${made.id}`);
    return made;
  }

  @Get()
  @OperationId("list_parcels")
  public async listParcels(
    @Query() kinds?: Kind[],
    @Query() sizes?: number[],
    @Query() fragile?: boolean,
    @Query() made_after?: Date,
    @Query() name?: string,
    /** @isInt limit */
    @Query() limit: number = 20,
    /** @isInt offset */
    @Query() offset: number = 0,
  ): Promise<ParcelPage> {
    held.list_parcels = { kinds, sizes, fragile, made_after, name, limit, offset };
    const found = [...parcels.values()].filter((parcel) => !kinds || kinds.includes(parcel.kind));
    return { items: found.slice(offset, offset + limit), total: found.length };
  }

  @Get("{parcelId}")
  @OperationId("get_parcel")
  @Response<Problem>(404, "There is no such parcel.")
  public async getParcel(@Path() parcelId: string): Promise<Parcel> {
    return known(parcelId);
  }

  @Patch("{parcelId}")
  @OperationId("update_parcel")
  @Response<Problem>(404, "There is no such parcel.")
  public async updateParcel(@Path() parcelId: string, @Body() patch: ParcelPatch): Promise<Parcel> {
    held.update_parcel = patch;
    return Object.assign(known(parcelId), patch);
  }

  @Delete("{parcelId}")
  @OperationId("delete_parcel")
  @SuccessResponse(204, "Gone.")
  @Response<Problem>(404, "There is no such parcel.")
  public async deleteParcel(@Path() parcelId: string): Promise<void> {
    known(parcelId);
    parcels.delete(parcelId);
  }
}

@Route()
export class ValuesController extends Controller {
  @Post("shapes")
  @OperationId("echo_shapes")
  public async echoShapes(@Body() shapes: Shape[]): Promise<Shape[]> {
    held.echo_shapes = shapes;
    return shapes;
  }

  @Post("loose")
  @OperationId("echo_loose")
  public async echoLoose(@Body() loose: Loose): Promise<Loose> {
    held.echo_loose = loose;
    return loose;
  }

  @Post("trees")
  @OperationId("echo_tree")
  public async echoTree(@Body() tree: Tree): Promise<Tree> {
    held.echo_tree = tree;
    return tree;
  }

  @Post("presence")
  @OperationId("echo_presence")
  public async echoPresence(@Body() presence: Presence): Promise<Presence> {
    held.echo_presence = presence;
    return presence;
  }

  @Post("maps")
  @OperationId("echo_maps")
  public async echoMaps(@Body() maps: Maps): Promise<Maps> {
    held.echo_maps = maps;
    return maps;
  }

  @Post("files/one")
  @OperationId("upload_one")
  public async uploadOne(@UploadedFile() file: File, @FormField() caption: string, @FormField() copies?: number): Promise<string> {
    held.upload_one = { file: sight(file), caption, copies };
    return caption;
  }

  @Post("files/many")
  @OperationId("upload_many")
  public async uploadMany(@UploadedFiles() files: File[], @FormField() tags?: string[]): Promise<number> {
    held.upload_many = { files: files.map(sight), tags };
    return files.length;
  }

  @Post("files/maybe")
  @OperationId("upload_maybe")
  public async uploadMaybe(@UploadedFile() file?: File, @FormField() note?: string): Promise<boolean> {
    held.upload_maybe = { file: sight(file), note: note ?? null };
    return file !== undefined;
  }

  @Get("content")
  @OperationId("get_content")
  @Produces("image/png")
  public async getContent(): Promise<Readable> {
    this.setHeader("Content-Type", "image/png");
    return Readable.from([Buffer.from("89504e4700", "hex")]);
  }

  @Get("headers")
  @OperationId("read_headers")
  public async readHeaders(@Header("X-Text") text: string, @Header("X-Number") number?: number): Promise<string> {
    held.read_headers = { text, number };
    this.setHeader("X-Seen", text);
    return text;
  }

  @Get("paths/{text}/{number}/{kind}")
  @OperationId("read_path")
  public async readPath(@Path() text: string, @Path() number: number, @Path() kind: Kind): Promise<string> {
    held.read_path = { text, number, kind };
    return text;
  }

  @Get("text")
  @OperationId("read_text")
  @Produces("text/plain")
  public async readText(@Request() request: Incoming): Promise<string> {
    request.res?.type("text/plain").send("plain “words”");
    return "";
  }

  @Get("errors/{status}")
  @OperationId("fail")
  @Response<Problem>(418, "A teapot.")
  public async fail(@Path() status: number): Promise<void> {
    if (status === 418) throw new Loud(418, { code: "teapot", message: "short and stout" });
    throw Object.assign(new Error("no reason"), { status });
  }

  @Put("scalars/numbers")
  @OperationId("put_numbers")
  public async putNumbers(@Body() numbers: number[]): Promise<number[]> {
    held.put_numbers = numbers;
    return numbers;
  }

  @Post("nothing")
  @OperationId("nothing")
  @SuccessResponse(202, "Heard.")
  public async nothing(): Promise<void> {
    this.setStatus(202);
  }

  @Get("secrets/bearer")
  @OperationId("with_bearer")
  @Security("bearer")
  public async withBearer(@Request() request: Incoming): Promise<string> {
    return request.header("authorization") ?? "";
  }

  @Get("secrets/basic")
  @OperationId("with_basic")
  @Security("basic")
  public async withBasic(@Request() request: Incoming): Promise<string> {
    return request.header("authorization") ?? "";
  }

  @Get("secrets/key")
  @OperationId("with_key")
  @Security("key")
  public async withKey(@Request() request: Incoming): Promise<string> {
    return request.header("x-api-key") ?? "";
  }
}
