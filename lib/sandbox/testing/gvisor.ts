/** gVisor, as an engine of the tests' own has it. */
import assert from "node:assert/strict";
import { after } from "node:test";
import { LANGUAGES } from "../../languages";
import { connectDocker } from "../docker";
import { createImages } from "../images";
import { languageOf } from "./sandbox-fixture";
import { type SecondEngine, secondEngine } from "./second-engine";
import type { Wall } from "./walls";

/** As docs/security.md has it; the platform is the one that needs nothing of the machine. Docker finds the program by the PATH. */
const RUNSC = ["runsc", "--platform=ptrace", "--network=none"] as const;

export interface GvisorWalls {
  /** Containers of gVisor that are held to their limits by control groups. */
  held: Wall;
  /** The same without control groups, as on machines that cannot give any. */
  unheld: Wall;
}

/** Those of every suite; the others' images are gigabytes, and not needed. */
const CORE = LANGUAGES.filter(({ core }) => core).map(({ id }) => id);

/** gVisor with the images of these languages, on an engine that starts with the first test and ends with the file's tests. */
export function gvisorWalls(languageIds: readonly string[] = CORE): GvisorWalls {
  let starting: Promise<SecondEngine> | null = null;
  const started = () => {
    starting ??= startEngine(languageIds);
    return starting;
  };
  after(async () => {
    await (await starting)?.dispose();
  });

  const languages = LANGUAGES.filter(({ id }) => languageIds.includes(id));
  const wall = (name: string, runtime: string): Wall => ({
    name,
    kernel: "gVisor",
    isolation: "container",
    options: async () => ({ engine: (await started()).variables, runtime, languages }),
  });
  return { held: wall("gVisor", "runsc"), unheld: wall("gVisor without control groups", "runsc-unheld") };
}

async function startEngine(languageIds: readonly string[]): Promise<SecondEngine> {
  const engine = await secondEngine({
    runtimes: { runsc: RUNSC, "runsc-unheld": [...RUNSC, "--ignore-cgroups"] },
  });
  await engine.start();
  const images = createImages(connectDocker(), { images: new Map() });
  const tags = new Set<string>();
  for (const id of languageIds) {
    const image = await images.find(languageOf(id));
    assert.ok(image, `the image for ${id} is there`);
    tags.add((await connectDocker().getImage(image.id).inspect()).RepoTags[0] ?? image.id);
  }
  for (const tag of tags) await engine.load(tag);
  return engine;
}
