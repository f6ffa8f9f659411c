/** A health check that hangs tells nobody anything. */
const PATIENCE_MS = 500;
/** How long a part that was well may be too busy to answer: an engine that starts many containers is. */
const BUSY_MS = 10_000;

type Part = { ok: boolean; message?: string | undefined };

/**
 * Asks a part how it is. One that throws is broken; one that stays silent is busy if it was well a moment ago, and broken
 * otherwise. Many who ask at once are one question.
 */
export function partWatch<T extends Part>(ask: () => Promise<T>, broken: T): () => Promise<T> {
  let asking: Promise<T> | undefined;
  let wellUntil = 0;
  let last = broken;

  async function answer(): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<"silent">((resolve) => {
      timer = setTimeout(() => resolve("silent"), PATIENCE_MS);
    });
    try {
      const answer = await Promise.race([ask(), silence]);
      if (answer === "silent") return performance.now() < wellUntil ? last : broken;
      last = answer;
      wellUntil = answer.ok ? performance.now() + BUSY_MS : 0;
      return answer;
    } catch {
      wellUntil = 0;
      return broken;
    } finally {
      clearTimeout(timer);
    }
  }

  return () => {
    asking ??= answer().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
