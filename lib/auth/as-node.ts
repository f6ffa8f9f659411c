import NextAuth, { type NextAuthOptions } from "next-auth";
import { AppError } from "../errors";
import { parseCookies } from "./cookies";

/** The default export of a CommonJS module: Node gives the module itself for it, a bundler the `default` inside. */
export function defaultOf<T extends object>(module: T): T {
  return "default" in module ? (module.default as T) : module;
}

/** The fields of a form or of a JSON object; next-auth accepts either. */
export function formOf(headers: Headers, body: Uint8Array): Record<string, string> {
  const text = new TextDecoder().decode(body);
  if (!headers.get("content-type")?.includes("application/json")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const fields: unknown = JSON.parse(text);
    const entries = Object.entries(typeof fields === "object" && fields !== null ? fields : {});
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  } catch {
    throw new AppError("invalid_json", "The body is no JSON.");
  }
}

/**
 * Adapts a web request to next-auth's handler for Node requests. Its handler for web requests reads cookies and headers through Next.js
 * and could only be tested inside a whole server.
 */
export async function askNextAuth(
  request: Request,
  action: readonly string[],
  body: Record<string, string>,
  options: NextAuthOptions,
): Promise<Response> {
  const headers = new Headers();
  let status = 200;
  let sent: BodyInit | null = null;
  const response = {
    status(code: number) {
      status = code;
      return response;
    },
    getHeader: (name: string) =>
      name.toLowerCase() === "set-cookie" ? headers.getSetCookie() : headers.get(name),
    setHeader(name: string, value: string | string[]) {
      headers.delete(name);
      for (const each of [value].flat()) headers.append(name, each);
      return response;
    },
    json(value: unknown) {
      headers.set("Content-Type", "application/json");
      sent = JSON.stringify(value);
    },
    send(value: unknown) {
      if (typeof value === "object" && value !== null) response.json(value);
      else sent = typeof value === "string" ? value : null;
    },
    end() {},
  };
  const url = new URL(request.url);
  await defaultOf(NextAuth)(
    {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      cookies: parseCookies(request.headers.get("cookie") ?? ""),
      query: { ...Object.fromEntries(url.searchParams), nextauth: [...action] },
      body,
    } as never,
    response as never,
    options,
  );
  return new Response(sent, { status, headers });
}
