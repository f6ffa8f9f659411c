import path from "node:path";
import type Docker from "dockerode";
import { LANGUAGES, type Language } from "../languages";
import { inOneProcess } from "../system/in-one-process";
import { SUPERVISOR_SHELL } from "./container/supervisor";
import { dockerError, statusCode } from "./docker";
import { Engine } from "./engine";
import { type Alone, build, defaultMakeBase, imageUnavailable, pull } from "./image-build";
import { type ImageSource, sourceOf } from "./image-source";
import { renewed } from "./image-steps";
import { notedVersions, noteVersions } from "./image-versions";
import type { Progress } from "./sandbox";

export { connectDocker } from "./docker";

/** A language's image as the engine has it. */
export interface Image {
  /** Its id: an image that is tagged anew meanwhile changes nothing for us. */
  id: string;
  /** The shell that runs the supervisor in it. */
  shell: string;
  /** Versions as its tools print them, by language id; empty for images that we did not build. */
  versions: Readonly<Record<string, string>>;
}

export interface Images {
  /** The image of a language when it is there, asking the engine once; `null` when it has to be made. */
  find(language: Language): Promise<Image | null>;
  /** What `find` or `prepare` last knew, without asking. */
  known(language: Language): Image | null;
  present(language: Language): Promise<boolean>;
  /** How far its making is, without asking; `null` while nobody makes it here. */
  progress(language: Language): Progress | null;
  /** Makes sure that it is there: pulls the image the operator named, or builds ours. Several at once share the work. */
  prepare(language: Language, onProgress?: (progress: Progress) => void): Promise<Image>;
  /** Makes it anew, whatever is there and whatever the engine's cache has; pulls it again where the operator named it. */
  rebuild(language: Language, onProgress: (progress: Progress) => void): Promise<Image>;
  /** On disk, with what it shares with others. */
  bytesOf(image: Image): Promise<number>;
  /** To be called when the engine said that an image is gone. */
  forget(language: Language): void;
}

export interface ImagesOptions {
  /** Language id to the image an operator named for it. */
  images: ReadonlyMap<string, string>;
  /** The project's folder, where the recipes are. */
  root?: string;
  /** Makes a base image where none can be pulled; for tests. Writes a tar to its standard output. */
  makeBase?: readonly string[];
  /** Where processes that share an engine see that another is making an image already. Without it each makes its own. */
  claims?: string;
  /** The engine behind `docker`, where its pace is known already. */
  engine?: Engine;
}

/** The place of `claims` in a data directory. */
export function claimsIn(dataDir: string): string {
  return path.join(dataDir, "images");
}

interface Making {
  done: Promise<Image>;
  listeners: Set<(progress: Progress) => void>;
  last: Progress;
}

export function createImages(docker: Docker, options: ImagesOptions): Images {
  const { root = process.cwd(), engine = new Engine(docker) } = options;
  const sources = new Map<string, ImageSource>();
  const known = new Map<string, Image>();
  const making = new Map<string, Making>();
  const alone: Alone = (name, report, work) =>
    options.claims ? inOneProcess(path.join(options.claims, name), report, work) : work(report);

  async function sourceFor(language: Language): Promise<ImageSource> {
    const source = sources.get(language.id) ?? (await sourceOf(language, options.images, root));
    sources.set(language.id, source);
    return source;
  }

  async function find(language: Language): Promise<Image | null> {
    const source = await sourceFor(language);
    const image = known.get(source.tag) ?? (await inspect(engine, source));
    if (image) known.set(source.tag, image);
    return image;
  }

  async function make(
    language: Language,
    source: ImageSource,
    report: (progress: Progress) => void,
  ): Promise<Image> {
    if (source.recipe === null) await pull(docker, source.tag, report);
    else {
      const recipe = source.recipe;
      await alone(nameOf(source), report, async (tell) => {
        if (await inspect(engine, source)) return;
        await build(docker, { ...source, recipe }, tell, options.makeBase ?? defaultMakeBase(root), alone);
        await note(language, source);
      });
    }
    const image = await inspect(engine, source);
    if (!image) throw imageUnavailable(source, "it is not there after it was made", undefined);
    known.set(source.tag, image);
    return image;
  }

  /** For every language that uses the image, whichever it was made for. */
  async function note(language: Language, { tag }: ImageSource): Promise<void> {
    const others = LANGUAGES.filter(
      ({ id, image }) => id !== language.id && image.folder === language.image.folder,
    );
    await noteVersions(docker, tag, [language, ...others]);
  }

  function start(language: Language, source: ImageSource): Making {
    const listeners: Making["listeners"] = new Set();
    const entry = { listeners, last: { message: `Preparing ${source.name}` } as Progress };
    const done = make(language, source, (progress) => {
      entry.last = progress;
      for (const listener of listeners) listener(progress);
    }).finally(() => making.delete(source.tag));
    const started: Making = Object.assign(entry, { done });
    making.set(source.tag, started);
    return started;
  }

  async function prepare(language: Language, onProgress?: (progress: Progress) => void): Promise<Image> {
    const there = await find(language);
    if (there) return there;
    const source = await sourceFor(language);
    const current = making.get(source.tag) ?? start(language, source);
    if (!onProgress) return current.done;
    onProgress(current.last);
    current.listeners.add(onProgress);
    return current.done.finally(() => current.listeners.delete(onProgress));
  }

  async function rebuild(language: Language, report: (progress: Progress) => void): Promise<Image> {
    const source = await sourceFor(language);
    const before = await inspect(engine, source);
    known.delete(source.tag);
    if (source.recipe === null) return make(language, source, report);
    const { recipe } = source;
    await alone(nameOf(source), report, async (tell) => {
      const files = renewed(recipe.files, String(Date.now()));
      const anew = { ...source, recipe: { ...recipe, files } };
      await build(docker, anew, tell, options.makeBase ?? defaultMakeBase(root), alone);
      await note(language, source);
    });
    const image = await inspect(engine, source);
    if (!image) throw imageUnavailable(source, "it is not there after it was made", undefined);
    // What containers stand on stays, without a name, for `--prune`.
    if (before && before.id !== image.id) {
      await docker
        .getImage(before.id)
        .remove()
        .catch(() => {});
    }
    known.set(source.tag, image);
    return image;
  }

  function knownFor(language: Language): Image | null {
    return known.get(sources.get(language.id)?.tag ?? "") ?? null;
  }

  return {
    find,
    prepare,
    rebuild,
    bytesOf: async ({ id }) => (await docker.getImage(id).inspect()).Size,
    known: knownFor,
    present: async (language) => (await find(language)) !== null,
    progress: (language) => making.get(sources.get(language.id)?.tag ?? "")?.last ?? null,
    forget: (language) => void known.delete(sources.get(language.id)?.tag ?? ""),
  };
}

/** By which processes see that another is making it. */
function nameOf({ tag }: ImageSource): string {
  return tag.replace(/[/:]/g, "-");
}

async function inspect(engine: Engine, source: ImageSource): Promise<Image | null> {
  try {
    const found = await engine.call("inspect", () => engine.docker.getImage(source.tag).inspect());
    return {
      id: found.Id,
      shell: source.recipe === null ? "/bin/sh" : SUPERVISOR_SHELL,
      versions: notedVersions(found.Config.Labels),
    };
  } catch (cause) {
    if (statusCode(cause) === 404) return null;
    throw dockerError(cause);
  }
}
