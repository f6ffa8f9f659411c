import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { NAMES, SUPERVISOR_SHELL } from "./container/supervisor";

/** A file of a build context; its path is relative to the context, with slashes. */
export interface ContextFile {
  path: string;
  content: Buffer;
}

/** What an image of ours is built from. */
export interface Recipe {
  files: readonly ContextFile[];
  /** Of all files' names and contents: a recipe that differs in any of them makes another image. */
  digest: string;
}

/** Locales beside `C.UTF-8`: those of the largest languages that share most of their data, and the three with characters of their own. */
const LOCALES = [
  ...["en_US", "en_GB", "de_DE", "es_ES", "fr_FR", "it_IT", "nl_NL", "pt_BR", "ru_RU"],
  ...["ja_JP", "ko_KR", "zh_CN"],
].map((locale) => `${locale}.utf8`);

/**
 * Put directly behind each recipe's `FROM`, so that Docker makes one layer of it and all images share it: time zones with their
 * old names, `localhost` by a module for look-ups (Docker empties /etc/hosts), and locales. Those are taken from the package
 * that has them compiled, which is quicker than compiling one, and leaves no sources.
 */
export const RECIPE_START = `
RUN apt-get update \\
 && apt-get install -y --no-install-recommends tzdata tzdata-legacy libnss-myhostname \\
 && cd /tmp && apt-get download locales-all && dpkg-deb --fsys-tarfile locales-all_*.deb | tar -x ./usr/lib/locale \\
 && cd usr/lib/locale && cp -rL --preserve=links ${LOCALES.join(" ")} /usr/lib/locale/ \\
 && rm -rf /tmp/usr /tmp/locales-all_* /var/lib/apt/lists/*`;

/**
 * Behind each recipe: the supervisor's shell, look-ups that ask no name server, the lists of users and groups where the
 * supervisor writes them, the usual places as links into the one writable space, no set-uid programs.
 */
const RECIPE_END = `
RUN install -D -m 0711 /bin/dash ${SUPERVISOR_SHELL} \\
 && sed -i 's/^hosts:.*/hosts: files myhostname/' /etc/nsswitch.conf \\
 && install -d -m 1777 ${NAMES} && ln -sf ${NAMES}/passwd ${NAMES}/group /etc/ \\
 && ln -s /tmp/work /work && ln -s /tmp/output /output \\
 && find / -xdev -perm /6000 -type f -exec chmod a-s {} +
`;

export const DOCKERFILE = "Dockerfile";

/** Of a language's folder, what is no part of its image: TypeScript, examples, and what editors and interpreters leave behind. */
const NOT_IN_CONTEXT = /(^|\/)(\.|__pycache__\/)|^examples\/|\.ts$/;

/** Reads a language's folder: its Dockerfile, completed, and the files that can be copied by it. */
export async function readRecipe(folder: string): Promise<Recipe> {
  const entries = await readdir(/* turbopackIgnore: true */ folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .filter((name) => !NOT_IN_CONTEXT.test(name))
    .sort();
  const files = await Promise.all(
    paths.map(async (name): Promise<ContextFile> => {
      const content = await readFile(/* turbopackIgnore: true */ path.join(folder, name));
      return { path: name, content: name === DOCKERFILE ? completed(content) : content };
    }),
  );
  return recipeOf(files);
}

/** The layer that all images share, on its base and by itself. */
export function sharedRecipe(base: string): Recipe {
  return recipeOf([{ path: DOCKERFILE, content: Buffer.from(`FROM ${base}${RECIPE_START}\n`, "utf8") }]);
}

function recipeOf(files: readonly ContextFile[]): Recipe {
  const hash = createHash("sha256");
  for (const { path: name, content } of files) hash.update(`${name} ${content.length}\n`).update(content);
  return { files, digest: hash.digest("hex").slice(0, 12) };
}

/** The recipe with what every image gets, which goes behind the last `FROM`: earlier stages are not kept. */
function completed(recipe: Buffer): Buffer {
  const text = recipe.toString("utf8").trimEnd();
  const last = [...text.matchAll(/^FROM .*$/gm)].at(-1);
  const end = last ? last.index + last[0].length : 0;
  return Buffer.from(text.slice(0, end) + RECIPE_START + text.slice(end) + RECIPE_END, "utf8");
}

/** A build context as Docker takes it. The same files always give the same bytes, so that Docker's own cache holds. */
export function tarOf(files: readonly ContextFile[]): Readable {
  const archive = pack();
  for (const { path: name, content } of files) {
    archive.entry({ name, mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) }, content);
  }
  archive.finalize();
  return Readable.from(archive);
}
