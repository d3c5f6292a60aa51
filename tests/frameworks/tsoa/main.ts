// The parcels API in tsoa. `main.js document` prints its document, `main.js serve` listens on a free port.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import express, { NextFunction, Request, Response } from "express";
import { ValidateError } from "tsoa";
import { held, Loud } from "./controllers";
import { RegisterRoutes } from "./routes";

if (process.argv[2] === "document") {
  process.stdout.write(readFileSync(join(__dirname, "..", "spec.json"), "utf8"));
} else {
  const app = express();
  app.use(express.json(), express.urlencoded({ extended: true }));
  app.get("/held/:name", (request, response) => {
    response.json(held[request.params.name] ?? null);
  });
  RegisterRoutes(app);
  app.use((error: unknown, _: Request, response: Response, next: NextFunction) => {
    if (error instanceof Loud) response.status(error.status).json(error.problem);
    else if (error instanceof ValidateError) response.status(422).json({ code: "invalid", message: JSON.stringify(error.fields) });
    else if (error instanceof Error) response.status((error as { status?: number }).status ?? 500).json({ code: "invalid", message: error.message });
    else next();
  });
  const server = app.listen(0, "127.0.0.1", () => {
    const address = server.address();
    console.log(`http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
  });
}
