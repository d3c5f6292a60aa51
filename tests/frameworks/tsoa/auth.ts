import type { Request } from "express";

/// Any credential will do: what was sent is what the operation answers.
export async function expressAuthentication(request: Request, name: string): Promise<string> {
  const header = name === "key" ? "x-api-key" : "authorization";
  const secret = request.header(header);
  if (!secret) throw Object.assign(new Error("no credential"), { status: 401 });
  return secret;
}
