import { createHash } from "node:crypto";

/** Together; a picture has about 60 KB. */
const MAX_KEPT_BYTES = 8 * 1_048_576;

export interface Pictures {
  /**
   * The picture of `state`, which is everything that is drawn: the same state is drawn once. Whether somebody may see it has been asked
   * before.
   */
  of(state: unknown, draw: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

/**
 * Drawing takes this thread for as long as some hundred requests. So one picture is drawn at a time, others are served in between, and what
 * was drawn is kept: the longest not asked for goes first.
 */
export function createPictures(maxBytes = MAX_KEPT_BYTES): Pictures {
  const kept = new Map<string, Uint8Array>();
  const drawing = new Map<string, Promise<Uint8Array>>();
  let bytes = 0;
  let before: Promise<unknown> = Promise.resolve();

  function keep(key: string, picture: Uint8Array): void {
    kept.set(key, picture);
    bytes += picture.byteLength;
    for (const [oldest, { byteLength }] of kept) {
      if (bytes <= maxBytes) return;
      kept.delete(oldest);
      bytes -= byteLength;
    }
  }

  async function drawNext(key: string, draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
    await before.catch(() => {});
    // What came in meanwhile has its turn first.
    await new Promise(setImmediate);
    const picture = await draw();
    keep(key, picture);
    return picture;
  }

  return {
    async of(state, draw) {
      const key = createHash("sha256").update(JSON.stringify(state)).digest("base64url");
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      let drawn = drawing.get(key);
      if (!drawn) {
        drawn = drawNext(key, draw).finally(() => drawing.delete(key));
        drawing.set(key, drawn);
        before = drawn;
      }
      return drawn;
    },
  };
}
