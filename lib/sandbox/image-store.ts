import type Docker from "dockerode";
import { AppError } from "../errors";
import type { Language } from "../languages";
import { BASE_IMAGE } from "./base-image.mjs";
import { dockerError, statusCode } from "./docker";
import {
  layerBytes,
  leftovers,
  ourTags,
  type StoredImage,
  staleTags,
  type TodaysRecipes,
} from "./image-inventory";
import { sharedRecipe } from "./image-recipe";
import { type ImageSource, sourceOf } from "./image-source";
import { commandsOf } from "./image-steps";

/** A language's image as people are told of it. */
export interface ListedImage {
  language: Language;
  tag: string;
  /** Whether the operator named it; it is none of ours then. */
  named: boolean;
  /** `null` while it is not there. */
  bytes: number | null;
}

export interface ImageList {
  images: readonly ListedImage[];
  /** What all images of ours take together, and the part of it that `prune` would free. */
  bytes: number;
  prunableBytes: number;
}

/** What was removed; `kept` is what was to be removed and is in use. */
export interface Removed {
  removed: readonly string[];
  kept: readonly { image: string; containers: readonly string[] }[];
  /** That became free. */
  bytes: number;
}

/** The images of ours that an engine keeps: told, and removed. It makes none. */
export interface ImageStore {
  list(): Promise<ImageList>;
  /** Removes the image of a language unless a container uses it. */
  remove(language: Language): Promise<Removed>;
  /** Removes what no recipe of today asks for. */
  prune(): Promise<Removed>;
}

export interface ImageStoreOptions {
  /** All of them: an image of a language that is not offered is current, too. */
  languages: readonly Language[];
  /** Language id to the image an operator named for it. */
  images: ReadonlyMap<string, string>;
  /** The project's folder, where the recipes are. */
  root?: string;
}

export function createImageStore(docker: Docker, options: ImageStoreOptions): ImageStore {
  const { languages, images: named, root = process.cwd() } = options;

  async function today(): Promise<TodaysRecipes> {
    // A named image stands in for ours only as long as it is named.
    const sources = await Promise.all(languages.map((language) => sourceOf(language, new Map(), root)));
    return recipesOf(sources);
  }

  async function list(): Promise<ImageList> {
    const sources = await Promise.all(
      languages.map(async (language) => ({ language, source: await sourceOf(language, named, root) })),
    );
    const bytes = new Map(
      (await docker.listImages()).flatMap(({ RepoTags, Size }) =>
        (RepoTags ?? []).map((tag) => [tag, Size] as const),
      ),
    );
    const stored = await storedImages(docker);
    const recipes = await today();
    const gone = new Set([...staleTags(stored, recipes), ...leftovers(stored, recipes)]);
    const isOurs = (image: StoredImage) => ourTags(image).length > 0 || gone.has(image.id);
    const isGone = ({ id, tags }: StoredImage) => [id, ...tags].some((name) => gone.has(name));
    const rest = stored.filter((image) => !isGone(image));
    return {
      images: sources.map(({ language, source: { tag, recipe } }) => ({
        ...{ language, tag, named: recipe === null, bytes: bytes.get(tag) ?? null },
      })),
      bytes: layerBytes(stored.filter(isOurs)),
      prunableBytes: layerBytes(stored) - layerBytes(rest),
    };
  }

  async function removeAll(names: readonly string[]): Promise<Removed> {
    const before = layerBytes(await storedImages(docker));
    const removed: string[] = [];
    const kept: Removed["kept"][number][] = [];
    for (const image of names) {
      const containers = await usersOf(docker, image);
      if (containers.length > 0) kept.push({ image, containers });
      else if (await removeOne(docker, image)) removed.push(image);
      else kept.push({ image, containers: [] });
    }
    return { removed, kept, bytes: before - layerBytes(await storedImages(docker)) };
  }

  return {
    list: () => said(list()),
    remove: (language) =>
      said(
        sourceOf(language, named, root).then(({ tag, recipe }) => {
          if (recipe !== null) return removeAll([tag]);
          throw new AppError(
            "image_unavailable",
            `The image of ${language.name} is ${tag}, which you named and which is not ours; \`docker rmi ${tag}\` removes it.`,
          );
        }),
      ),
    prune: () =>
      said(
        Promise.all([storedImages(docker), today()]).then(([stored, recipes]) =>
          // Those without a name last: one may be what an old tag stands on.
          removeAll([...staleTags(stored, recipes), ...leftovers(stored, recipes)]),
        ),
      ),
  };
}

function recipesOf(sources: readonly ImageSource[]): TodaysRecipes {
  const shared = sharedRecipe(BASE_IMAGE);
  const stages = sources.map(({ recipe }) => commandsOf(recipe?.files ?? []));
  return {
    tags: new Set([`quicksand/shared:${shared.digest}`, ...sources.map(({ tag }) => tag)]),
    sharedSteps: new Set(commandsOf(shared.files).flat()),
    steps: new Set(stages.flatMap((all) => all.at(-1) ?? [])),
    stageEnds: new Set(stages.flatMap((all) => all.slice(0, -1).flatMap((stage) => stage.slice(-1)))),
  };
}

/** All images that the engine has but for those that others only stand on. One that goes meanwhile is left out. */
async function storedImages(docker: Docker): Promise<StoredImage[]> {
  const stored: StoredImage[] = [];
  for (const { Id, RepoTags, RepoDigests, Labels } of await docker.listImages()) {
    const tags = [...(RepoTags ?? []), ...(RepoDigests ?? [])].filter((name) => !name.startsWith("<none>"));
    try {
      const history = (await docker.getImage(Id).history()) as StoredImage["history"];
      stored.push({ id: Id, tags, labels: Labels ?? {}, history });
    } catch (cause) {
      if (statusCode(cause) !== 404) throw cause;
    }
  }
  return stored;
}

/** Names of the containers that stand on an image. */
async function usersOf(docker: Docker, image: string): Promise<string[]> {
  const containers = await docker.listContainers({ all: true, filters: { ancestor: [image] } });
  return containers.map(({ Id, Names }) => Names[0]?.replace(/^\//, "") ?? Id.slice(0, 12));
}

/** Whether it could be removed. Never by force: what is in use, or what others stand on, stays. */
async function removeOne(docker: Docker, image: string): Promise<boolean> {
  try {
    await docker.getImage(image).remove();
    return true;
  } catch (cause) {
    if (statusCode(cause) === 404 || statusCode(cause) === 409) return false;
    throw cause;
  }
}

/** An engine that cannot be reached is said in words; whatever else went wrong stays as it is. */
async function said<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((cause: unknown) => {
    const unanswered = typeof (cause as NodeJS.ErrnoException | null)?.code === "string";
    throw unanswered ? dockerError(cause) : cause;
  });
}
