import type { LanguageServer } from "@/lib/languages/editor";

/** How long a server that nobody needs is kept: a look at another language should not cost the start once more. */
export const AWAY_MS = 5 * 60_000;
/** A failed start is tried again this often, and a broken server started anew: not more, since each costs seconds of a processor. */
export const RETRY_MS: readonly number[] = [5_000, 30_000, 5 * 60_000];

export interface KeptServer {
  /** Somebody needs it, or nobody does any more. */
  need(needed: boolean): void;
  /** Ends it now. It may be needed again. */
  stop(): void;
}

interface KeepOptions {
  start: (onFailure: (error: Error) => void, signal: AbortSignal) => Promise<LanguageServer>;
  /** Calls back when the page has nothing more urgent to do. Returns a function that withdraws it. */
  whenIdle: (begin: () => void) => () => void;
}

/** Starts a language server when it is needed and the page is idle, again when it fails, and ends it when it is long not needed. */
export function keepServer({ start, whenIdle }: KeepOptions): KeptServer {
  let needed = false;
  let failures = 0;
  let session: { abort: AbortController; server: LanguageServer | null } | null = null;
  let withdraw: (() => void) | null = null;
  let away: ReturnType<typeof setTimeout> | undefined;

  function beginSoon(): void {
    if (session || withdraw) return;
    withdraw = whenIdle(() => {
      withdraw = null;
      if (needed) void begin();
    });
  }

  async function begin(): Promise<void> {
    const mine = { abort: new AbortController(), server: null as LanguageServer | null };
    session = mine;
    const fail = (error: unknown) => {
      if (session !== mine) return;
      end();
      retry(error);
    };
    try {
      const server = await start(fail, mine.abort.signal);
      if (session === mine) mine.server = server;
      else server.stop();
    } catch (error) {
      fail(error);
    }
  }

  function retry(error: unknown): void {
    const delay = RETRY_MS[failures++];
    console.warn("The language server is not there; the editor goes on without it.", error);
    if (delay === undefined) return;
    const timer = setTimeout(() => {
      withdraw = null;
      if (needed) beginSoon();
    }, delay);
    withdraw = () => clearTimeout(timer);
  }

  function end(): void {
    withdraw?.();
    withdraw = null;
    const { abort, server } = session ?? {};
    session = null;
    abort?.abort(new DOMException("The language server is not needed.", "AbortError"));
    server?.stop();
  }

  return {
    need(now) {
      needed = now;
      clearTimeout(away);
      if (now) beginSoon();
      else away = setTimeout(end, AWAY_MS);
    },
    stop() {
      needed = false;
      clearTimeout(away);
      end();
    },
  };
}
