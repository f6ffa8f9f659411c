import path from "node:path";
import type { Language } from "../languages";
import { type Recipe, readRecipe } from "./image-recipe";

/** Where an image comes from: a recipe of ours, or (`recipe` null) a name to pull. */
export interface ImageSource {
  name: string;
  tag: string;
  recipe: Recipe | null;
}

/** Of a language; `named` are the images that the operator named, `root` is the project's folder. */
export async function sourceOf(
  language: Language,
  named: ReadonlyMap<string, string>,
  root: string,
): Promise<ImageSource> {
  const other = named.get(language.id);
  if (other) return { name: language.name, tag: withTag(other), recipe: null };
  const recipe = await readRecipe(path.join(root, "lib/languages", language.image.folder));
  return { name: language.name, tag: `quicksand/${language.image.folder}:${recipe.digest}`, recipe };
}

/** `python` means `python:latest`; without a tag Docker's API would pull all of them. */
function withTag(image: string): string {
  return /[:@]/.test(image.slice(image.lastIndexOf("/") + 1)) ? image : `${image}:latest`;
}
