import type { AppError } from "../errors";

/** Nothing in such an answer may load, run or be framed, whatever type it claims. */
const LOCKED = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Types that a browser only draws. Not SVG, which is a document that can contain scripts. */
const IMAGES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const TEXT = /^text\/(?!html|xml|javascript|ecmascript)[a-z0-9.+-]{1,60}$/;

export interface SentFile {
  name: string;
  /** As claimed by its maker; only honoured for types that a browser does not act upon. */
  type: string;
  bytes: Uint8Array;
}

/** A file that a user's program made: images are shown, everything else is a download. */
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

/** Text of a user's program, shown as text whatever it contains. */
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

/** A download that is generated while it is sent, at the client's pace. One that fails ends without its final chunk, which clients notice. */
export async function downloadResponse(
  chunks: AsyncIterable<string>,
  { name, type, onError }: { name: string; type: string; onError: (error: unknown) => AppError },
): Promise<Response> {
  const encoder = new TextEncoder();
  const reading = chunks[Symbol.asyncIterator]();
  // A failure before the first piece can still become an error answer; a later one cannot change the status.
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

/**
 * RFC 6266: the name whole in `filename*`, and before it an approximation for clients that do not know that form. In the approximation
 * everything is replaced that some of them read as more than itself: quotes, backslashes, `%`, `;`, and what is not ASCII.
 */
function disposition(kind: "inline" | "attachment", name: string): string {
  const approximation = name.replace(/[^ !#$&'()+,\-.\w=@[\]^`{}~]/gu, "_");
  // Half a surrogate pair is no character, and has no UTF-8.
  const whole = encodeURIComponent(name.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${approximation}"; filename*=UTF-8''${whole}`;
}
