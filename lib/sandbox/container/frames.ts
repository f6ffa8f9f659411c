import type { Duplex } from "node:stream";
import type { Frame } from "../cell";

const HEADER_BYTES = 8;
const STDOUT = 1;
const STDERR = 2;

/**
 * Docker's multiplexed attach stream as frames: an 8-byte header (stream, 0, 0, 0, length big-endian), then the bytes.
 * Pieces are passed on as they arrive, also those of an incomplete frame. Reads only on demand, so a slow reader stops the
 * program instead of filling our memory. Ends when the stream ends, also by a reset.
 */
export async function* readFrames(socket: Duplex): AsyncGenerator<Frame> {
  let header = Buffer.alloc(0);
  let stream: Frame["stream"] = "stdout";
  let left = 0;
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      let rest = chunk;
      while (rest.length > 0) {
        if (left === 0) {
          const wanted = HEADER_BYTES - header.length;
          header = Buffer.concat([header, rest.subarray(0, wanted)]);
          rest = rest.subarray(wanted);
          if (header.length < HEADER_BYTES) break;
          stream = streamOf(header);
          left = header.readUInt32BE(4);
          header = Buffer.alloc(0);
          continue;
        }
        const data = rest.subarray(0, left);
        left -= data.length;
        rest = rest.subarray(data.length);
        yield { stream, data };
      }
    }
  } catch (cause) {
    // A stream is reset when the daemon or the container is killed. The reader finds out which.
    if (!isEndOfConnection(cause)) throw cause;
  }
}

function streamOf(header: Buffer): Frame["stream"] {
  if (header[0] === STDOUT) return "stdout";
  if (header[0] === STDERR) return "stderr";
  throw new Error(`Docker's stream has a frame of kind ${header[0]}; expected 1 or 2.`);
}

function isEndOfConnection(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  return code === "ECONNRESET" || code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE";
}
