import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import * as z from "zod";
import { type ProgramContent, programContentSchema } from "../../schemas/program";
import type { Draft } from "../drafts";

/** `#p=` and the version of what follows. */
const KEY = "p";
const VERSION = "1";
/** The whole fragment: chats and mail programs carry so much, and browsers a multiple of it. */
export const MAX_LINK_CHARS = 16_000;
/** Every part of a program at its limit; a small fragment can hold gigabytes of zeros. */
const MAX_UNPACKED_BYTES = 4 * 1_048_576;

/** A program that travels: what it holds and what it is called. */
export interface LinkedProgram {
  language: string;
  /** Empty where it is called by its code. */
  title: string;
  content: Draft;
}

export type LinkResult = { ok: true; fragment: string } | { ok: false; message: string };
export type ReadLink = { ok: true; program: LinkedProgram } | { ok: false; message: string };

/** Short names, and nothing that is empty: each character of it is one of the address. */
const packedSchema = z.object({
  l: z.string(),
  c: z.string(),
  t: z.string().default(""),
  i: z.string().default(""),
  a: z.string().default(""),
  f: z.array(z.tuple([z.string(), z.string()])).default([]),
  x: z.array(z.unknown()).default([]),
  o: z.record(z.string(), z.string()).optional(),
});

/** The fragment of a link that holds the whole program, without `#`. */
export function linkOf({ language, title, content }: LinkedProgram): LinkResult {
  const { options, code, stdin, args, files, tests } = content;
  const packed: z.input<typeof packedSchema> = {
    ...{ l: language, c: code },
    ...(title === "" ? {} : { t: title }),
    ...(stdin === "" ? {} : { i: stdin }),
    ...(args === "" ? {} : { a: args }),
    ...(files.length === 0 ? {} : { f: files.map((file): [string, string] => [file.path, file.content]) }),
    ...(tests.length === 0 ? {} : { x: [...tests] }),
    ...(options && Object.keys(options).length > 0 ? { o: { ...options } } : {}),
  };
  const bytes = deflateSync(strToU8(JSON.stringify(packed)), { level: 9 });
  const fragment = `${KEY}=${VERSION}.${toBase64Url(bytes)}`;
  if (fragment.length <= MAX_LINK_CHARS) return { ok: true, fragment };
  const message = `It would have ${fragment.length.toLocaleString("en")} characters; links of more than ${MAX_LINK_CHARS.toLocaleString("en")} are cut by chats and mail programs. Run the program and share the run instead.`;
  return { ok: false, message };
}

/** Whether an address's fragment is meant to hold a program. */
export function isLink(fragment: string): boolean {
  return fragment.replace(/^#/, "").startsWith(`${KEY}=`);
}

/** Reads the fragment of such a link. Everything in it is somebody else's: it is bounded and checked as a request is. */
export function readLink(fragment: string): ReadLink {
  const text = fragment.replace(/^#/, "").slice(KEY.length + 1);
  const dot = text.indexOf(".");
  const version = text.slice(0, dot);
  if (dot < 1 || version !== VERSION) {
    const message =
      /^\d+$/.test(version) && Number(version) > Number(VERSION)
        ? "It was made by a newer Quicksand than this one."
        : "It is no link that Quicksand made; perhaps it was cut. Ask for it again.";
    return { ok: false, message };
  }
  try {
    const json: unknown = JSON.parse(strFromU8(inflateBounded(fromBase64Url(text.slice(dot + 1)))));
    const { l, c, t, i, a, f, x, o } = packedSchema.parse(json);
    const files = f.map(([path, content]) => ({ path, content }));
    const given = { language: l, code: c, stdin: i, args: a, files, tests: x, ...(o ? { options: o } : {}) };
    const { language, ...content }: ProgramContent = programContentSchema.parse(given);
    return { ok: true, program: { language, title: t.slice(0, 200), content } };
  } catch {
    return { ok: false, message: "It is damaged; perhaps it was cut. Ask for it again." };
  }
}

/** Throws when more comes out than a program can have, before it is all there. */
function inflateBounded(bytes: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const inflate = new Inflate((chunk, final) => {
    total += chunk.length;
    if (total > MAX_UNPACKED_BYTES) throw new RangeError("The program is too large.");
    chunks.push(chunk);
    ended ||= final;
  });
  // In pieces, so that what comes out is looked at in between.
  const PIECE = 512;
  for (let at = 0; at < bytes.length; at += PIECE) {
    inflate.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  }
  if (!ended) throw new RangeError("The program is cut.");
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Tolerates what mail programs put around and into long words. */
function fromBase64Url(text: string): Uint8Array {
  const binary = atob(
    text
      .replace(/%3D|=|\s/gi, "")
      .replaceAll("-", "+")
      .replaceAll("_", "/"),
  );
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
