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
  /** In bytes. */
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * A file that a user's program made: images are shown, everything else is a download. Read at the client's pace; one that ends too early
 * breaks off, which clients notice by its length.
 */
export function fileResponse({ name, type, size, bytes }: SentFile): Response {
  const isImage = IMAGES.has(type);
  const sentType = isImage
    ? type
    : TEXT.test(type)
      ? "text/plain; charset=utf-8"
      : "application/octet-stream";
  return new Response(streamOf(bytes[Symbol.asyncIterator]()), {
    headers: {
      "Content-Type": sentType,
      "Content-Length": String(size),
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
  const reading = encoded(chunks);
  // A failure before the first piece can still become an error answer; a later one cannot change the status.
  const first = await reading.next();
  async function* whole() {
    try {
      if (!first.done) yield first.value;
      yield* reading;
    } catch (error) {
      throw onError(error);
    } finally {
      await reading.return(undefined);
    }
  }
  return new Response(streamOf(whole()), {
    headers: {
      "Content-Type": type,
      "Content-Disposition": disposition("attachment", name),
      "Content-Security-Policy": LOCKED,
      "X-Content-Type-Options": "nosniff",
    },
  });
}

async function* encoded(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(chunk);
}

/** A body that is made as it is taken: nothing is read ahead. */
function streamOf(pieces: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
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
