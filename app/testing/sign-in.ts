import assert from "node:assert/strict";
import type { RouteFile, Routes } from "./routes";
import { Visitor } from "./site";

export const PASSWORD = "a correct horse's battery";
let people = 0;
export const newEmail = () => `somebody${++people}@example.org`;

/** Posts a form to next-auth, as its own pages would. */
async function form(visitor: Visitor, action: string, fields: Record<string, string>): Promise<Response> {
  const nextAuth = (await import("../api/auth/[...nextauth]/route")) as unknown as RouteFile;
  const params = (path: string) => ({ nextauth: path.split("/") }) as unknown as Record<string, string>;
  const csrf = await visitor.send(nextAuth, "/api/auth/csrf", { params: params("csrf") });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return visitor.send(nextAuth, `/api/auth/${action}`, {
    method: "POST",
    params: params(action),
    headers: { "content-type": "application/x-www-form-urlencoded", ...visitor.headers },
    body: new URLSearchParams({ csrfToken, json: "true", ...fields }).toString(),
  });
}

export function signIn(
  visitor: Visitor,
  email: string,
  password = PASSWORD,
  more: Record<string, string> = {},
): Promise<Response> {
  return form(visitor, "callback/credentials", { email, password, ...more });
}

/** Somebody with an account and a session, made as a browser makes them. */
export async function signedUp(
  site: Routes,
  { email = newEmail(), headers = {} }: { email?: string; headers?: Record<string, string> } = {},
): Promise<{ visitor: Visitor; email: string }> {
  const visitor = new Visitor(site, headers);
  await visitor.json("POST", "/api/account", { email, password: PASSWORD });
  assert.equal((await signIn(visitor, email)).status, 200);
  return { visitor, email };
}
