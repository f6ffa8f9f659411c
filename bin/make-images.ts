/**
 * Builds or pulls the images of languages (`core`, `all`, or ids), and reports in lines of JSON to `bin/setup/images.mjs`. If an image fails, the
 * others are still made. `--base FILE` is a tar of the base image that was built in advance; `--rebuild` makes anew what is there, too; `--sum`
 * reports at the end what all of them take.
 */
import { parseArgs } from "node:util";
import { envOrExit } from "../lib/env";
import { AppError } from "../lib/errors";
import { LANGUAGES, type Language } from "../lib/languages";
import { createCatalogue } from "../lib/languages/catalogue";
import { createImageStore } from "../lib/sandbox/image-store";
import { claimsIn, connectDocker, createImages } from "../lib/sandbox/images";
import type { Progress } from "../lib/sandbox/sandbox";
import { chosenLanguages, oneForEachImage } from "./chosen-languages";

/** One image downloads packages while another unpacks them; more than two would only compete for disk and processors. */
const AT_ONCE = 2;

type Event =
  /** The first event: the languages whose image is missing. */
  | { type: "missing"; names: string[] }
  | { type: "progress"; name: string; message: string; percent?: number }
  | { type: "made"; name: string; ms: number; bytes: number | null }
  | { type: "failed"; name: string; message: string }
  /** An argument is not a language; nothing was done. */
  | { type: "refused"; message: string }
  /** Sent last, and only with `--sum`: the size of all our images on disk. */
  | { type: "sum"; bytes: number };

function say(event: Event): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

const { values: given, positionals: words } = parseArgs({
  options: { base: { type: "string" }, rebuild: { type: "boolean" }, sum: { type: "boolean" } },
  allowPositionals: true,
});
const env = envOrExit();
const docker = connectDocker(env.engine);
const images = createImages(docker, {
  images: env.images,
  claims: claimsIn(env.dataDir),
  ...(given.base ? { makeBase: ["cat", given.base] } : {}),
});
const store = createImageStore(docker, { languages: LANGUAGES, images: env.images });

async function make(language: Language): Promise<void> {
  const { name } = language;
  const since = performance.now();
  const report = (progress: Progress) => say({ type: "progress", name, ...progress });
  try {
    const image = await (given.rebuild ? images.rebuild(language, report) : images.prepare(language, report));
    const bytes = await images.bytesOf(image).catch(() => null);
    say({ type: "made", name, ms: Math.round(performance.now() - since), bytes });
  } catch (error) {
    say({ type: "failed", name, message: error instanceof Error ? error.message : String(error) });
  }
}

/** `null` after words that name no language. */
function chosen(): Language[] | null {
  const { all } = createCatalogue(LANGUAGES, env.languages);
  try {
    return oneForEachImage(chosenLanguages(words, all), env.images);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say({ type: "refused", message: error.message });
    return null;
  }
}

async function makeAll(languages: readonly Language[]): Promise<void> {
  const missing: Language[] = [];
  for (const language of languages) {
    if (given.rebuild || !(await images.present(language).catch(() => false))) missing.push(language);
  }
  say({ type: "missing", names: missing.map(({ name }) => name) });
  const makers = Array.from({ length: AT_ONCE }, async () => {
    for (let next = missing.shift(); next; next = missing.shift()) await make(next);
  });
  await Promise.all(makers);
  if (given.sum) say({ type: "sum", bytes: (await store.list()).bytes });
}

const languages = chosen();
if (languages) await makeAll(languages);
else process.exitCode = 1;
