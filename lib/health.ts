import packageJson from "../package.json" with { type: "json" };
import { argvOf, type Language, limitsOf, mainFileOf } from "./languages";
import type { Catalogue } from "./languages/catalogue";
import { type GalleryExample, galleryOf, sampleOf } from "./languages/examples";
import type { HourFigures } from "./metrics";
import type { PlanLimits, Plans } from "./plans";
import type { Queue, QueueState } from "./queue";
import type { WorkerNotice } from "./queue/fleet";
import type { SandboxFront, SandboxHealth } from "./sandbox/sandbox";
import type { DocumentedLanguage, Health, LanguageInfo, Readiness } from "./schemas/language";
import { resolvedOptions } from "./schemas/language-options";
import type { PlanId } from "./schemas/plan";
import type { ServerStatus } from "./schemas/status";
import { serverStatus } from "./status";
import type { Store } from "./store";
import { partWatch } from "./system/part-watch";
import { withTimeout } from "./system/with-timeout";

/** A page is worth this wait; an answer that it cannot be had comes well within two seconds. */
const STORE_PATIENCE_MS = 1_000;

const REPORT_MS = 1_000;

export interface StatusOptions {
  catalogue: Catalogue;
  sandbox: SandboxFront;
  store: Store;
  queue: Queue;
  queueKind: Health["queue"]["kind"];
  plans: Plans;
  figures: HourFigures;
  /** The workers, as known here; `null` where this process runs programs itself. */
  workers: () => readonly WorkerNotice[] | null;
}

/** What the server says about itself. */
export interface Status {
  /** Quicksand's own. */
  version: string;
  languages(): LanguageInfo[];
  /** The same with what their documents say beside it. */
  documentedLanguages(): DocumentedLanguage[];
  /**
   * Warms a sandbox for the language that a viewer has picked. `false` when its image is not there; it then begins to be made, unless the
   * viewer's plan does not have the language.
   */
  warm(language: string, plan: PlanId): boolean;
  /** A language's examples. Throws `unknown_language`. */
  examples(language: string): readonly GalleryExample[];
  /** Whether the database answers now, which is said within `STORE_PATIENCE_MS`. Unlike `health` it trusts no earlier answer. */
  storeAnswers(): Promise<boolean>;
  /** Every part, in less than a second, whatever state it is in. */
  health(): Promise<Health>;
  /** Whether a run could be taken now, so that a balancer knows where to send people. What is full or missing an image is no reason. */
  ready(): Promise<Readiness>;
  /** The same with the figures of the last hour, for people who watch. At most `REPORT_MS` old, however many do. */
  report(): Promise<Omit<ServerStatus, "versions" | "workers">>;
  /** What runs here. For admins only: it says which holes to try. */
  versions(): Promise<NonNullable<ServerStatus["versions"]>>;
  /** The workers, one by one. For admins only, too. */
  workers(): ServerStatus["workers"];
}

export function createStatus(options: StatusOptions): Status {
  const { catalogue, sandbox, store, queue, queueKind, plans, figures, workers } = options;

  // Public figures are those of the guest plan.
  const { limits } = plans.guest;
  const askEngine = partWatch<SandboxHealth>(() => sandbox.health(), {
    ok: false,
    message: "Docker does not answer; see whether it is running.",
    warm: 0,
    running: 0,
    ready: [],
    missing: [],
  });
  const askStore = partWatch<Health["store"]>(() => store.health(), {
    ok: false,
    message: "The database does not answer; see whether it is running.",
    kind: "unknown",
  });

  const askQueue = partWatch<AskedQueue>(async () => ({ ok: true, ...(await queue.state()) }), {
    ok: false,
    message: "Redis does not answer; see whether it is running and REDIS_URL leads to it.",
    ...{ running: 0, concurrency: 0, waiting: 0, limit: 0 },
  });

  async function askAll() {
    const [engine, kept, state] = await Promise.all([askEngine(), askStore(), askQueue()]);
    return { engine: state.ok ? engine : unseen(engine), kept, state };
  }

  function queueHealth({ ok, message, running, waiting, limit }: AskedQueue): Health["queue"] {
    // Full is busy, not broken: a monitor that restarts the server would make it worse.
    const full = ok && limit > 0 && waiting >= limit;
    const said = full ? "No place is free." : message;
    return { ok, kind: queueKind, running, waiting, limit, ...(said === undefined ? {} : { message: said }) };
  }

  const report = atMostEvery(REPORT_MS, async () => {
    const { engine, kept, state } = await askAll();
    return serverStatus({ engine, images: imagesHealth(engine), store: kept, queue: state }, figures);
  });

  return {
    version: packageJson.version,
    report,

    async versions() {
      const unknown = { name: "unknown", version: "" };
      const [engine, { name, version }] = await Promise.all([
        askEngine(),
        withTimeout(
          store.info().catch(() => unknown),
          STORE_PATIENCE_MS,
          () => unknown,
        ),
      ]);
      return {
        quicksand: packageJson.version,
        node: process.versions.node,
        docker: engine.version ?? null,
        store: `${name} ${version}`.trim(),
      };
    },

    warm(name, plan) {
      const language = catalogue.find(name);
      const { languages: had, limits: held } = plans[plan];
      if (had === "*" || had.includes(language.id))
        sandbox.expect(language, limitsOf(held, language, "batch"));
      return sandbox.ready(language);
    },

    examples: (name) => galleryOf(catalogue.find(name)),

    languages: () => catalogue.all.map((language) => describe(language, limits, sandbox)),

    documentedLanguages: () =>
      catalogue.all.map((language) => ({
        ...describe(language, limits, sandbox),
        packages: language.packages ?? null,
        formatter: language.format?.({ tabWidth: 4 })[0] ?? null,
      })),

    async storeAnswers() {
      const silent = { ok: false, full: false };
      const { ok, full } = {
        ...silent,
        ...(await withTimeout(store.health(), STORE_PATIENCE_MS, () => silent)),
      };
      // A store that is full can still be read, and must be: that is how it gets room.
      return ok || full;
    },

    async health() {
      const { engine, kept, state } = await askAll();
      // What the engine is and which version is for admins: it says which holes to try.
      const { ready, missing, version: _version, impaired, message, ...docker } = engine;
      const words = [message, impaired].filter((each) => each !== undefined).join(" ");
      const images = imagesHealth(engine);
      return {
        status: docker.ok && kept.ok && images.ok && state.ok ? "ok" : "unavailable",
        version: packageJson.version,
        docker: { ...docker, ...(words === "" ? {} : { message: words }) },
        store: kept,
        queue: queueHealth(state),
        images,
      };
    },

    async ready() {
      const { engine, kept, state } = await askAll();
      const storeOk = kept.ok || kept.full === true;
      const parts = { docker: engine.ok, store: storeOk, queue: state.ok };
      return { status: Object.values(parts).every(Boolean) ? "ok" : "unavailable", ...parts };
    },

    workers: () =>
      workers()?.map(({ id, host, startedAt, version, concurrency, draining, isolation, health }) => ({
        ...{ id, host, startedAt, version, concurrency, draining, isolation },
        ...{ running: health.running, warm: health.warm },
        docker: health.ok ? (health.version ?? null) : null,
        message: health.message ?? null,
      })) ?? null,
  };
}

type AskedQueue = QueueState & { ok: boolean; message?: string };

/** Without the queue nothing is known of workers, which is not the same as that there are none. */
function unseen(engine: SandboxHealth): SandboxHealth {
  const message = "Nothing is known of the workers, since Redis does not answer.";
  return { ...engine, ok: false, message };
}

/** Asks again when the last answer, or the last attempt at one, is older than that. */
function atMostEvery<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { answer: Promise<T>; at: number } | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at >= ms) last = { answer: ask(), at: now };
    return last.answer;
  };
}

/** Ready with one image: the others are made when they are first asked for. */
function imagesHealth({ ready, missing }: SandboxHealth): Health["images"] {
  const parts = { ready: [...ready], missing: [...missing] };
  if (missing.length === 0) return { ok: ready.length > 0, ...parts };
  const message = `Not made yet: ${missing.join(", ")}. They are made at first use, or by \`npm run images -- core\`.`;
  return { ok: ready.length > 0, message, ...parts };
}

function describe(
  language: Language,
  planLimits: PlanLimits,
  sandbox: Pick<SandboxFront, "ready" | "progress" | "printedVersion">,
): LanguageInfo {
  const { id, name, version, edition, options = [], aliases, extension, editor } = language;
  const sample = sampleOf(language);
  const compiled = language.compile !== undefined;
  const limits = limitsOf(planLimits, language, "batch");
  const ready = sandbox.ready(language);
  const preparing = ready ? null : sandbox.progress(language);
  const printedVersion = sandbox.printedVersion(language);
  return {
    id,
    name,
    version,
    ...(printedVersion === null ? {} : { printedVersion }),
    ...(edition === undefined ? {} : { edition }),
    aliases: [...aliases],
    mainFile: mainFileOf(language, sample.code),
    extension,
    editor,
    compiled,
    options: [...options],
    commands: commandsOf(language, limits),
    repl: language.repl !== undefined,
    sample: { code: sample.code, stdin: sample.stdin },
    limits: {
      compile: compiled ? limits.compile : null,
      run: limits.run,
      attended: planLimits.attended,
    },
    ready,
    ...(preparing ? { preparing } : {}),
  };
}

/** Of a program that has only its main file, with the language's defaults. */
function commandsOf(language: Language, limits: ReturnType<typeof limitsOf>): LanguageInfo["commands"] {
  const files = [{ path: mainFileOf(language, ""), content: "" }];
  const options = resolvedOptions(language.options ?? [], {});
  const { compile, run } = language;
  return {
    compile: compile
      ? [...argvOf(compile, { limits: limits.compile, ownImage: true, files, options })]
      : null,
    run: [...argvOf(run, { limits: limits.run, ownImage: true })],
  };
}
