import { PRODUCT_LABEL } from "./labels";

/** A step of an image's history, as the engine tells it. */
export interface HistoryStep {
  Created: number;
  CreatedBy: string;
  Size: number;
}

/** An image as the engine has it; its history begins with the newest step. */
export interface StoredImage {
  id: string;
  /** Empty where nothing names it any more. */
  tags: readonly string[];
  labels: Readonly<Record<string, string>>;
  history: readonly HistoryStep[];
}

/** What today's recipes say: the images that they make, and steps by which their leftovers are known. */
export interface TodaysRecipes {
  tags: ReadonlySet<string>;
  /** Of what all images share, and the steps behind it. */
  sharedSteps: ReadonlySet<string>;
  steps: ReadonlySet<string>;
  /** The last steps of stages that are not kept. */
  stageEnds: ReadonlySet<string>;
}

const OUR_TAG = /^quicksand\/[a-z0-9-]+:[0-9a-f]{12}$/;

/** The step by which our builds end, see `buildRecipe`. What others make on top of our images inherits the label, but not that. */
const OUR_LAST_STEP = new RegExp(`LABEL ${PRODUCT_LABEL.replace(".", "\\.")}=quicksand$`);

/**
 * The bytes that images take together: a layer that several stand on counts once. Layers are known by their step and all steps below it: a
 * step that was taken from the cache has the time of when it was made.
 */
export function layerBytes(images: readonly Pick<StoredImage, "history">[]): number {
  const counted = new Set<string>();
  let bytes = 0;
  for (const { history } of images) {
    let below = "";
    for (const { Created, CreatedBy, Size } of history.toReversed()) {
      below += `${Created} ${Size} ${CreatedBy}\n`;
      if (counted.has(below)) continue;
      counted.add(below);
      bytes += Size;
    }
  }
  return bytes;
}

/** Tags of ours. Both are asked for, the form of the name and the label: neither alone proves that nobody else made it. */
export function ourTags({ tags, labels }: Pick<StoredImage, "tags" | "labels">): string[] {
  return labels[PRODUCT_LABEL] === "quicksand" ? tags.filter((tag) => OUR_TAG.test(tag)) : [];
}

/** Our tags that no recipe of today asks for. */
export function staleTags(images: readonly StoredImage[], { tags }: TodaysRecipes): string[] {
  return images.flatMap((image) => ourTags(image).filter((tag) => !tags.has(tag)));
}

/** Ids of images without a name that our builds left: replaced ones, stages that were not kept, and builds that failed. */
export function leftovers(images: readonly StoredImage[], today: TodaysRecipes): string[] {
  return images.filter((image) => image.tags.length === 0 && isLeftover(image, today)).map(({ id }) => id);
}

function isLeftover({ history }: StoredImage, today: TodaysRecipes): boolean {
  const commands = history.map(({ CreatedBy }) => commandOf(CreatedBy));
  const [newest = ""] = commands;
  if (OUR_LAST_STEP.test(newest) || today.stageEnds.has(newest)) return true;
  return today.steps.has(newest) && commands.some((command) => today.sharedSteps.has(command));
}

/** A step's command as the engine's history and a Dockerfile both have it. */
export function commandOf(text: string): string {
  return text
    .replace(/^(\/bin\/sh -c |RUN )/, "")
    .replace(/\s+/g, " ")
    .trim();
}
