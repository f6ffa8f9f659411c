import type { AppError } from "../errors";

/** Nothing in such an answer may load, run or be framed, whatever it says that it is. */
const LOCKED = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** What a browser only ever draws. SVG is not among them: it is a document that can hold scripts. */
const IMAGES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const TEXT = /^text\/(?!html|xml|javascript|ecmascript)[a-z0-9.+-]{1,60}$/;

export interface SentFile {
  name: string;
  /** What its maker says that it is; that is not believed of anything a browser might act upon. */
  type: string;
  bytes: Uint8Array;
}

/** A file of somebody's program: an image may be shown, everything else is a download. */
export function fileResponse({ name, type, bytes }: SentFile): Response {
  const isImage = IMAGES.has(type);
  const sentType = isImage
    ? type
    : TEXT.test(type)
      ? "text/plain; charset=utf-8"
      : "application/octet-stream";
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": sentType,
      "Content-Length": String(bytes.byteLength),
      "Content-Disposition": disposition(isImage ? "inline" : "attachment", name),
      "Content-Security-Policy": LOCKED,
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** Text of somebody's program, to be read and not acted upon. */
export function textResponse(text: string, name: string): Response {
  return new Response(text, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": disposition("inline", name),
      "Content-Security-Policy": LOCKED,
      "X-Content-Type-Options": "nosniff",
      "X-Robots-Tag": "noindex",
    },
  });
}

/** A download that is made while it is sent, as fast as it is taken. One that breaks off is cut short, and so seen to be. */
export async function downloadResponse(
  chunks: AsyncIterable<string>,
  { name, type, onError }: { name: string; type: string; onError: (error: unknown) => AppError },
): Promise<Response> {
  const encoder = new TextEncoder();
  const reading = chunks[Symbol.asyncIterator]();
  // What fails at once is an error answer; later there is no status left to say it with.
  let next: Promise<IteratorResult<string>> | undefined = Promise.resolve(await reading.next());
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await (next ?? reading.next());
          next = undefined;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          controller.error(onError(error));
        }
      },
      async cancel() {
        await reading.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": disposition("attachment", name),
      "Content-Security-Policy": LOCKED,
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** The name twice: for old readers with everything odd replaced, and whole, as RFC 6266 has it. */
function disposition(kind: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\w. -]/g, "_").slice(0, 150);
  const whole = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
