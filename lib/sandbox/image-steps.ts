import { commandOf } from "./image-inventory";
import { type ContextFile, DOCKERFILE, RECIPE_START } from "./image-recipe";
import { PRODUCT_LABEL } from "./labels";

/** Changes to a recipe on its way to the engine. They make no other image of it, so its digest is that of the recipe without them. */

const FROM = /^FROM .*$/gm;

/** Says of each stage that is not kept that it is ours, as its last step: the engine labels the last stage only. */
export function labelled(files: readonly ContextFile[]): readonly ContextFile[] {
  return changed(files, (text) => {
    let stage = 0;
    return text.replace(FROM, (from) => (stage++ === 0 ? from : `LABEL ${PRODUCT_LABEL}=quicksand\n${from}`));
  });
}

/**
 * Has every step of the recipe made anew, whatever the engine's cache has: `stamp` stands in front of them, and was never there before. Not
 * by the engine's own option, which would also make what all images share anew, for this image alone.
 */
export function renewed(files: readonly ContextFile[], stamp: string): readonly ContextFile[] {
  const label = `\nLABEL quicksand.rebuilt=${stamp}`;
  return changed(files, (text) =>
    text
      .replace(FROM, (from, at: number) => {
        const behind = text.slice(at + from.length);
        return behind.startsWith(RECIPE_START) ? from : `${from}${label}`;
      })
      .replace(RECIPE_START, (start) => `${start}${label}`),
  );
}

function changed(files: readonly ContextFile[], change: (text: string) => string): readonly ContextFile[] {
  return files.map((file) =>
    file.path === DOCKERFILE
      ? { ...file, content: Buffer.from(change(file.content.toString("utf8")), "utf8") }
      : file,
  );
}

/** The commands of a recipe's RUN steps by stage; what all images share is the first of the last stage. */
export function commandsOf(files: readonly ContextFile[]): string[][] {
  const text = files.find(({ path }) => path === DOCKERFILE)?.content.toString("utf8") ?? "";
  const lines = text
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n/g, "")
    .split("\n");
  const stages: string[][] = [];
  for (const line of lines) {
    if (line.startsWith("FROM ")) stages.push([]);
    if (line.startsWith("RUN ")) stages.at(-1)?.push(commandOf(line));
  }
  return stages;
}
