import { spawn } from "node:child_process";
import path from "node:path";
import type Docker from "dockerode";
import { AppError } from "../errors";
import { BASE_IMAGE as BASE } from "./base-image.mjs";
import { dockerError, isUnreachable, statusCode } from "./docker";
import { type Recipe, sharedRecipe, tarOf } from "./image-recipe";
import { labelled } from "./image-steps";
import { PRODUCT_LABEL } from "./labels";
import type { Progress } from "./sandbox";

/** Does the work of that name in one process at a time; what it reports reaches all that wait for it. */
export type Alone = <T>(
  name: string,
  report: (progress: Progress) => void,
  work: (report: (progress: Progress) => void) => Promise<T>,
) => Promise<T>;

/** One of our own images, as Docker is asked to build it. */
export interface Build {
  /** For people. */
  name: string;
  tag: string;
  recipe: Recipe;
}

/** One line of what Docker says while it pulls or builds. */
interface DockerLine {
  id?: string;
  status?: string;
  stream?: string;
  error?: string;
  progressDetail?: { current?: number; total?: number };
}

/** Pulls an image by name; the percentage is of the bytes of all layers known so far. */
export async function pull(
  docker: Docker,
  image: string,
  report: (progress: Progress) => void,
): Promise<void> {
  report({ message: `Pulling ${image}` });
  const layers = new Map<string, { current: number; total: number }>();
  try {
    await follow(docker, await docker.pull(image), (line) => {
      const { current, total } = line.progressDetail ?? {};
      if (line.id && current !== undefined && total) layers.set(line.id, { current, total });
      const all = [...layers.values()].reduce((sum, layer) => sum + layer.total, 0);
      const had = [...layers.values()].reduce((sum, layer) => sum + layer.current, 0);
      report({ message: `Pulling ${image}`, ...(all > 0 ? { percent: Math.floor((100 * had) / all) } : {}) });
    });
  } catch (cause) {
    throw imageUnavailable(
      { name: image },
      "it could not be pulled; check its name and that its registry can be reached",
      cause,
    );
  }
}

/**
 * Builds one of our images, after what they all share if that is missing: the base and the layer on it. `makeBase` is a command that
 * writes the base as a tar to its standard output.
 */
export async function build(
  docker: Docker,
  source: Build,
  report: (progress: Progress) => void,
  makeBase: readonly string[],
  alone: Alone,
): Promise<void> {
  await alone("base", report, async (tell) => {
    await ensureBase(docker, tell, makeBase);
    // Images that are built at the same time would each make the layer; made once, it is in Docker's cache for all of them.
    const recipe = sharedRecipe(BASE);
    const shared = { name: "all languages", tag: `quicksand/shared:${recipe.digest}`, recipe };
    if (!(await isThere(docker, shared.tag)))
      await buildRecipe(docker, shared, "Building what all images share", tell);
  });
  await buildRecipe(docker, source, `Building the ${source.name} image`, report);
}

async function buildRecipe(
  docker: Docker,
  source: Build,
  message: string,
  report: (progress: Progress) => void,
): Promise<void> {
  report({ message });
  const progress = new BuildProgress();
  let said = "";
  try {
    // The classic builder: present in every engine, and with `forcerm` it leaves no container of a failed step behind.
    const stream = await docker.buildImage(tarOf(labelled(source.recipe.files)), {
      t: source.tag,
      forcerm: true,
      // Our own recipes fetch Debian's packages the way the host does: no bridge or address translation has to work for it.
      networkmode: "host",
      labels: { [PRODUCT_LABEL]: "quicksand" },
    });
    await follow(docker, stream, ({ stream: text = "" }) => {
      said = (said + text).slice(-4_000);
      const percent = progress.take(text);
      if (percent !== null) report({ message, percent });
    });
  } catch (cause) {
    const reason = /Could not resolve|Failed to fetch|Temporary failure/.test(said)
      ? "Debian's packages could not be fetched; check the network, then try again"
      : "its build failed; run `npm run images -- <id>` to see why";
    throw imageUnavailable(source, reason, new Error(`${String(cause)}\n${said}`));
  }
}

async function isThere(docker: Docker, image: string): Promise<boolean> {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch (cause) {
    if (statusCode(cause) === 404) return false;
    throw dockerError(cause);
  }
}

/** How far a build has come, read from what its steps and apt in them say. */
class BuildProgress {
  #step = 0;
  #steps = 1;
  /** What apt said it would do in this step (fetch, unpack and set up each package), and what it has done. */
  #expected = 0;
  #done = 0;
  #percent = -1;

  /** Takes the next text; answers the percentage when it rose. */
  take(text: string): number | null {
    for (const line of text.split("\n")) this.#line(line);
    const inStep = this.#expected > 0 ? Math.min(1, this.#done / this.#expected) : 0;
    const percent = Math.floor((100 * (this.#step + inStep)) / this.#steps);
    if (percent <= this.#percent) return null;
    this.#percent = percent;
    return percent;
  }

  #line(line: string): void {
    const step = /^Step (\d+)\/(\d+)/.exec(line);
    const packages = /(\d+) newly installed/.exec(line);
    if (step) {
      [this.#step, this.#steps] = [Number(step[1]) - 1, Number(step[2])];
      [this.#expected, this.#done] = [0, 0];
    } else if (packages) {
      [this.#expected, this.#done] = [3 * Number(packages[1]), 0];
    } else if (/^(Get:|Unpacking|Setting up)/.test(line)) {
      this.#done++;
    }
  }
}

/** Our images stand on Debian: pulled when a registry can be reached, made from Debian's own packages when not. */
async function ensureBase(
  docker: Docker,
  report: (progress: Progress) => void,
  makeBase: readonly string[],
): Promise<void> {
  if (await isThere(docker, BASE)) return;
  try {
    await pull(docker, BASE, report);
  } catch (pullFailure) {
    report({ message: `Making ${BASE} from Debian's packages (no registry answers)` });
    await importBase(docker, makeBase, pullFailure, report);
  }
}

async function importBase(
  docker: Docker,
  [command = "sh", ...args]: readonly string[],
  pullFailure: unknown,
  report: (progress: Progress) => void,
): Promise<void> {
  const child = spawn(/* turbopackIgnore: true */ command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said = (said + data.toString("utf8")).slice(-4_000);
    const line = data.toString("utf8").trim().split("\n").at(-1);
    if (line) report({ message: `Making ${BASE}: ${line.slice(0, 80)}` });
  });
  const exited = new Promise<number | null>((resolve) =>
    child.once("error", () => resolve(null)).once("close", resolve),
  );
  const [repo, tag] = BASE.split(":");
  const imported = docker
    .importImage(child.stdout, { repo, tag, changes: 'CMD ["bash"]' })
    .then((stream) => follow(docker, stream as NodeJS.ReadableStream, () => {}));
  const [code, result] = await Promise.all([
    exited,
    imported.then(
      () => null,
      (cause: unknown) => cause,
    ),
  ]);
  if (code === 0 && result === null) return;
  // A tree that was cut off half-way must not pass for the base.
  await docker
    .getImage(BASE)
    .remove({ force: true })
    .catch(() => {});
  throw imageUnavailable(
    { name: BASE },
    "it can neither be pulled nor made here (making it needs root on a Debian-family system); load it with `docker load`, or name another image with QUICKSAND_IMAGE_<ID>",
    new AggregateError([pullFailure, result], said),
  );
}

/** Makes the base with debootstrap; needs root on a Debian-family system. */
export function defaultMakeBase(root: string): readonly string[] {
  return ["sh", path.join(root, "bin/setup/make-base.sh"), BASE];
}

/** Reads Docker's progress to its end; an error in it is thrown. */
export async function follow(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onLine: (line: DockerLine) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) => (error ? reject(error) : resolve()),
      (line: DockerLine) => (line.error ? reject(new Error(line.error)) : onLine(line)),
    );
  });
}

/** Our error for an image that cannot be had; an engine that is away is said as such. */
export function imageUnavailable(source: Pick<Build, "name">, reason: string, cause: unknown): AppError {
  if (isUnreachable(cause)) return dockerError(cause);
  return new AppError("image_unavailable", `The image for ${source.name} is not available: ${reason}.`, {
    cause,
    retryAfterS: 60,
  });
}
