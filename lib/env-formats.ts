import * as z from "zod";
import { emailSchema } from "./schemas/account";

/** Published as a URI, which is what RFC 9116 wants; a bare e-mail address becomes one. */
export const contactSchema = z
  .string()
  .transform((contact) => (emailSchema.safeParse(contact).success ? `mailto:${contact}` : contact))
  .pipe(
    z
      .string()
      .regex(/^(mailto:|https:\/\/|tel:)\S+$/, "Use an e-mail address, or mailto:, https:// or tel:."),
  );

/** Names and addresses as a `Host` header has them, in lower case; with a port or without, which is not compared. */
export const hostsSchema = z
  .string()
  .transform((list) => list.split(",").map((host) => host.trim().toLowerCase()))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^(?:\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::\d+)?$/,
          "Use names or addresses, with commas between: code.example.org, 192.0.2.7, [2001:db8::7].",
        ),
    ),
  );

/** `name=value` with commas between, percent-encoded, as OpenTelemetry has it. */
export const headersSchema = z.string().transform((list, context) => {
  const headers: Record<string, string> = {};
  for (const pair of list.split(",").filter((each) => each.trim() !== "")) {
    const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=(.*)$/.exec(pair) ?? [];
    const decoded = value === undefined ? null : decodedText(value.trim());
    if (name === undefined || decoded === null) {
      context.addIssue({ code: "custom", message: "Use name=value, with commas between." });
      return z.NEVER;
    }
    headers[name] = decoded;
  }
  return headers;
});

function decodedText(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Secrets go there: only this machine may be spoken to without https. */
export const providerUrl = z
  .url()
  .refine(
    (url) => /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$))/.test(url),
    "Use an address that begins with https://.",
  )
  .transform((url) => url.replace(/\/+$/, ""));
