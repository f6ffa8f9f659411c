/** What `npm run images` does beside making them: `list`, `remove ID…`, `prune`. Started by `bin/images.mjs`. */
import { envOrExit } from "../lib/env";
import { AppError } from "../lib/errors";
import { LANGUAGES } from "../lib/languages";
import { createImageStore, type Removed } from "../lib/sandbox/image-store";
import { connectDocker } from "../lib/sandbox/images";
import { chosenLanguages, oneForEachImage } from "./chosen-languages";
import { USAGE } from "./setup/image-arguments.mjs";
import { listText, removedText } from "./setup/image-texts";

const [action = "list", ...which] = process.argv.slice(2);
const env = envOrExit();
const store = createImageStore(connectDocker(env.engine), { languages: LANGUAGES, images: env.images });

async function removeChosen(): Promise<Removed> {
  const all: Removed[] = [];
  for (const language of oneForEachImage(chosenLanguages(which, LANGUAGES), env.images)) {
    all.push(await store.remove(language));
  }
  return {
    removed: all.flatMap(({ removed }) => removed),
    kept: all.flatMap(({ kept }) => kept),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function main(): Promise<string> {
  if (action === "list")
    return `${listText(await store.list())}\n\n${USAGE.slice(1)
      .map((line) => `  ${line}`)
      .join("\n")}`;
  const removed = action === "prune" ? await store.prune() : await removeChosen();
  // What was asked for by name and is still there is a failure; what `--prune` left is only told.
  if (action === "remove" && removed.kept.length > 0) process.exitCode = 1;
  return removedText(removed);
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`\n${error.message}\n\n`);
  process.exitCode = 1;
}
