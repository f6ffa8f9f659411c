import packageJson from "../package.json" with { type: "json" };
import type { Language } from "./languages";
import type { Catalogue } from "./languages/catalogue";
import type { RunLimits } from "./plans";
import type { Queue } from "./queue";
import type { Sandbox, SandboxHealth } from "./sandbox/sandbox";
import type { Health, LanguageInfo } from "./schemas/language";
import type { Store } from "./store";

/** A part that has not answered by then counts as broken: a health check that hangs tells nobody anything. */
const PATIENCE_MS = 800;

export interface StatusOptions {
  catalogue: Catalogue;
  sandbox: Sandbox;
  store: Store;
  queue: Queue;
  /** Those that people have who have not signed in. */
  limits: RunLimits;
}

/** What the server says about itself. */
export interface Status {
  languages(): LanguageInfo[];
  /** Every part, in less than a second, whatever state it is in. */
  health(): Promise<Health>;
}

export function createStatus({ catalogue, sandbox, store, queue, limits }: StatusOptions): Status {
  async function queueHealth(): Promise<Health["queue"]> {
    const { running, waiting, limit } = queue.state();
    // Full is busy, not broken: a monitor that restarts the server would make it worse.
    const full = limit > 0 && waiting >= limit;
    return { ok: true, running, waiting, limit, ...(full ? { message: "No place is free." } : {}) };
  }

  return {
    languages: () => catalogue.all.map((language) => describe(language, limits, sandbox.ready(language))),

    async health() {
      const [engine, kept, waiting] = await Promise.all([
        answerOf<SandboxHealth>("Docker", sandbox.health(), { warm: 0, running: 0, ready: [], missing: [] }),
        answerOf<Health["store"]>("The database", store.health(), { kind: "unknown" }),
        queueHealth(),
      ]);
      const { ready, missing, ...docker } = engine;
      const images = imagesHealth(engine);
      return {
        status: docker.ok && kept.ok && images.ok ? "ok" : "unavailable",
        version: packageJson.version,
        docker,
        store: kept,
        queue: waiting,
        images,
      };
    },
  };
}

/** Ready with one image: the others are made when they are first asked for. */
function imagesHealth({ ready, missing }: SandboxHealth): Health["images"] {
  const parts = { ready: [...ready], missing: [...missing] };
  if (missing.length === 0) return { ok: ready.length > 0, ...parts };
  const message = `Not made yet: ${missing.join(", ")}. They are made at first use, or by \`npm run images\`.`;
  return { ok: ready.length > 0, message, ...parts };
}

function describe(language: Language, limits: RunLimits, ready: boolean): LanguageInfo {
  const { id, name, version, aliases, mainFile, extension, editor, sample } = language;
  const compiled = language.compile !== undefined;
  return {
    id,
    name,
    version,
    aliases: [...aliases],
    mainFile,
    extension,
    editor,
    compiled,
    sample: { code: sample.code, stdin: sample.stdin },
    limits: {
      compile: compiled ? { ...limits.compile, ...language.limits?.compile } : null,
      run: { ...limits.run },
    },
    ready,
  };
}

/** A part's own words; or, when it throws or stays silent, that it did. */
async function answerOf<T extends { ok: boolean; message?: string | undefined }>(
  name: string,
  asked: Promise<T>,
  rest: Omit<T, "ok" | "message">,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("silent")), PATIENCE_MS);
  });
  try {
    return await Promise.race([asked, silence]);
  } catch {
    return { ok: false, message: `${name} does not answer.`, ...rest } as T;
  } finally {
    clearTimeout(timer);
  }
}
