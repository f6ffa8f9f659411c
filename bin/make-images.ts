/**
 * Builds or pulls the images of languages (`core`, `all`, or ids), and reports in lines of JSON to `bin/setup/images.mjs`. If an image fails, the
 * others are still made. `--base FILE` is a tar of the base image that was built in advance.
 */
import { readEnv } from "../lib/env";
import { LANGUAGES, type Language } from "../lib/languages";
import { createCatalogue } from "../lib/languages/catalogue";
import { claimsIn, connectDocker, createImages } from "../lib/sandbox/images";

/** One image downloads packages while another unpacks them; more than two would only compete for disk and processors. */
const AT_ONCE = 2;

type Event =
  /** The first event: the languages whose image is missing. */
  | { type: "missing"; names: string[] }
  | { type: "progress"; name: string; message: string; percent?: number }
  | { type: "made"; name: string; ms: number }
  | { type: "failed"; name: string; message: string };

function say(event: Event): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function chosen(
  which: readonly string[],
  all: readonly Language[],
  find: (name: string) => Language,
): Language[] {
  if (which.includes("all")) return [...all];
  const core = which.includes("core") ? all.filter((language) => language.core) : [];
  const named = which.filter((name) => name !== "core").map(find);
  return [...new Set([...core, ...named])];
}

/** One language per image: several may share one. */
function byImage(languages: readonly Language[]): Language[] {
  const place = ({ id, image }: Language) => env.images.get(id) ?? image.folder;
  return languages.filter(
    (language, index) => languages.findIndex((other) => place(other) === place(language)) === index,
  );
}

const words = process.argv.slice(2);
const [option, base] = words[0] === "--base" ? words.splice(0, 2) : [];
const env = readEnv(process.env);
const catalogue = createCatalogue(LANGUAGES, env.languages);
const images = createImages(connectDocker(env.engine), {
  images: env.images,
  claims: claimsIn(env.dataDir),
  ...(option && base ? { makeBase: ["cat", base] } : {}),
});

async function make(language: Language): Promise<void> {
  const { name } = language;
  const since = performance.now();
  try {
    await images.prepare(language, (progress) => say({ type: "progress", name, ...progress }));
    say({ type: "made", name, ms: Math.round(performance.now() - since) });
  } catch (error) {
    say({ type: "failed", name, message: error instanceof Error ? error.message : String(error) });
  }
}

const missing: Language[] = [];
for (const language of byImage(chosen(words, catalogue.all, catalogue.find))) {
  if (!(await images.present(language).catch(() => false))) missing.push(language);
}
say({ type: "missing", names: missing.map(({ name }) => name) });
const makers = Array.from({ length: AT_ONCE }, async () => {
  for (let next = missing.shift(); next; next = missing.shift()) await make(next);
});
await Promise.all(makers);
