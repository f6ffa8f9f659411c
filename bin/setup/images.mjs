import { run } from "./child.mjs";
import { SetupProblem } from "./problem.mjs";

/**
 * Makes the images of these languages (`core`, `all`, or ids) where they are missing. The work is TypeScript of the product's own,
 * so it runs in a child that has tsx; it speaks in lines of JSON.
 *
 * @returns {Promise<{ made: string[], failed: { name: string, message: string }[] }>}
 */
export async function ensureImages(terminal, root, which) {
  const made = [];
  const failed = [];
  await terminal.step("Language images", async (report) => {
    await run(process.execPath, ["--import", "tsx", "bin/make-images.ts", ...which], {
      cwd: root,
      onLine(line) {
        const event = parseEvent(line);
        if (!event) return true;
        if (event.type === "progress") report(`${event.name}: ${event.message}`, event.percent);
        if (event.type === "made") {
          made.push(event.name);
          terminal.line(`  ✓ ${event.name} (${(event.ms / 1000).toFixed(1)} s)`);
        }
        if (event.type === "failed") failed.push({ name: event.name, message: event.message });
        return false;
      },
    });
    if (failed.length > 0) return `${failed.length} could not be made`;
    return made.length === 0 ? "all there" : `${made.length} made`;
  });
  return { made, failed };
}

/** One error for all images that could not be made. */
export function imagesProblem(failed) {
  return new SetupProblem(`${failed.length} image(s) could not be made.`, {
    remedy: failed.map(({ name, message }) => `${name}: ${message}`),
  });
}

export function parseEvent(line) {
  if (!line.startsWith("{")) return undefined;
  try {
    const event = JSON.parse(line);
    return typeof event.type === "string" && typeof event.name === "string" ? event : undefined;
  } catch {
    return undefined;
  }
}
