import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type Docker from "dockerode";
import type { Language } from "../languages";
import { withTimeout } from "../system/with-timeout";
import { createContainer } from "./docker";
import { follow } from "./image-build";
import { tarOf } from "./image-recipe";
import { PRODUCT_LABEL } from "./labels";

/** Prefix of an image's labels, followed by a language's id: the version as the language's tool prints it. */
const VERSION_LABEL = "quicksand.version.";
const MAX_LENGTH = 120;
/** The slowest, a Java machine, takes about a second. */
const ANSWERS_WITHIN_MS = 20_000;
/** Of a label in a Dockerfile, where quotes, backslashes and dollar signs have a meaning. */
const NO_LABEL = /[^\x20-\x7e]|["\\$]/g;

/**
 * Asks the tools of a newly made image for their versions and records the answers as labels on it, so that reading them later starts nothing.
 * A tool that fails or does not answer in time is left out. Never throws: an image without a known version is still an image.
 */
export async function noteVersions(
  docker: Docker,
  tag: string,
  languages: readonly Language[],
): Promise<void> {
  const labels: string[] = [];
  for (const { id, versionCommand } of languages) {
    const line = versionLine(await printed(docker, tag, versionCommand).catch(() => ""));
    if (line !== null) labels.push(`LABEL ${VERSION_LABEL}${id}="${line.replace(NO_LABEL, "")}"`);
  }
  if (labels.length === 0) return;
  const dockerfile = Buffer.from(`FROM ${tag}\n${labels.join("\n")}\n`);
  try {
    const recipe = tarOf([{ path: "Dockerfile", content: dockerfile }]);
    await follow(docker, await docker.buildImage(recipe, { t: tag, forcerm: true }), () => {});
  } catch {
    // The tag is only moved by a build that succeeded.
  }
}

/** What `noteVersions` noted, by the id of the language. */
export function notedVersions(
  labels: Readonly<Record<string, string>> | null,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels ?? {})
      .filter(([name]) => name.startsWith(VERSION_LABEL))
      .map(([name, line]) => [name.slice(VERSION_LABEL.length), line]),
  );
}

/** The first line with a number, of what a tool prints when it is asked for its version; `null` when there is none. */
export function versionLine(output: string): string | null {
  const line = output
    .split("\n")
    .map((each) => each.trim())
    .find((each) => /\d/.test(each));
  if (line === undefined) return null;
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 3)}...` : line;
}

async function printed(docker: Docker, image: string, command: readonly string[]): Promise<string> {
  const container = await createContainer(docker, {
    ...{ Image: image, Entrypoint: [], Cmd: [...command], AttachStdout: true, AttachStderr: true },
    Labels: { [PRODUCT_LABEL]: "quicksand" },
    HostConfig: { NetworkMode: "none" },
  });
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    const output = new PassThrough();
    docker.modem.demuxStream(stream, output, output);
    stream.once("end", () => output.end());
    await container.start();
    return await withTimeout(text(output), ANSWERS_WITHIN_MS, () => "");
  } finally {
    await container.remove({ force: true, v: true });
  }
}
