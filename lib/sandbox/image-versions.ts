import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type Docker from "dockerode";
import type { Language } from "../languages";
import { tarOf } from "./image-recipe";
import { PRODUCT_LABEL } from "./labels";

/** Label of an image, with the id of a language that it serves: what the tool itself prints of its version. */
const VERSION_LABEL = "quicksand.version.";
const MAX_LENGTH = 60;
/** Of a label in a Dockerfile, where quotes, backslashes and dollar signs have a meaning. */
const NO_LABEL = /[^\x20-\x7e]|["\\$]/g;

/**
 * Asks the tools of an image that was just made for their versions, and notes the answers on the image: whoever finds it then knows them
 * without starting anything. A tool that says nothing is left out. Throws what the engine throws.
 */
export async function noteVersions(
  docker: Docker,
  tag: string,
  languages: readonly Language[],
): Promise<void> {
  const labels: string[] = [];
  for (const { id, versionCommand } of languages) {
    const line = versionLine(await printed(docker, tag, versionCommand));
    if (line !== null) labels.push(`LABEL ${VERSION_LABEL}${id}="${line.replace(NO_LABEL, "")}"`);
  }
  if (labels.length === 0) return;
  const dockerfile = Buffer.from(`FROM ${tag}\n${labels.join("\n")}\n`);
  const stream = await docker.buildImage(tarOf([{ path: "Dockerfile", content: dockerfile }]), {
    t: tag,
    forcerm: true,
  });
  await new Promise<void>((resolve, reject) =>
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve())),
  );
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
  const output = new PassThrough();
  const said = text(output);
  const [, container] = (await docker.run(image, [...command], [output, output], {
    Entrypoint: [],
    Tty: false,
    Labels: { [PRODUCT_LABEL]: "quicksand" },
    HostConfig: { NetworkMode: "none" },
  })) as [unknown, Docker.Container];
  output.end();
  await container.remove({ force: true, v: true });
  return said;
}
