/**
 * Makes the images of languages (`core`, `all`, or ids) and says so in lines of JSON, which `bin/setup/images.mjs` shows.
 * It never fails for one image: the others are still wanted.
 */
import { readEnv } from "../lib/env";
import { LANGUAGES, type Language } from "../lib/languages";
import { createCatalogue } from "../lib/languages/catalogue";
import { connectDocker, createImages } from "../lib/sandbox/images";

type Event =
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

const env = readEnv(process.env);
const catalogue = createCatalogue(LANGUAGES, env.languages);
const images = createImages(connectDocker(env.engine), { images: env.images });

for (const language of chosen(process.argv.slice(2), catalogue.all, catalogue.find)) {
  const { name } = language;
  const since = performance.now();
  try {
    if (await images.present(language)) continue;
    await images.prepare(language, (progress) => say({ type: "progress", name, ...progress }));
    say({ type: "made", name, ms: Math.round(performance.now() - since) });
  } catch (error) {
    say({ type: "failed", name, message: error instanceof Error ? error.message : String(error) });
  }
}
