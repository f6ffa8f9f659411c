import { explain } from "./problem.mjs";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** Without a terminal, a step first reports after one second, then every ten seconds. */
const FIRST_WORD_MS = 1000;
const NEXT_WORD_MS = 10_000;

/** `820 ms`, `4.2 s`, `2 min 05 s`. */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/**
 * Shows the progress of steps. In a terminal each running step has its own line at the bottom, which is rewritten; elsewhere (CI, a log file) a
 * slow step prints a line from time to time.
 */
export function createTerminal(stream = process.stdout) {
  const live = Boolean(stream.isTTY) && !process.env.CI;
  const active = new Set();
  let frame = 0;
  let held = false;
  /** The number of lines at the bottom that show running steps. */
  let drawn = 0;

  const clear = () => {
    if (drawn > 0) stream.write(`\x1b[${drawn}A\r\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    if (!live || held) return;
    clear();
    frame = (frame + 1) % FRAMES.length;
    // Lines that wrap or scroll out of view could not be erased.
    const width = Math.max(20, (stream.columns ?? 80) - 4);
    const rows = [...active].slice(0, Math.max(1, (stream.rows ?? 24) - 2));
    for (const step of rows) stream.write(`${FRAMES[frame]} ${describe(step).slice(0, width)}\n`);
    drawn = rows.length;
  };
  const line = (text) => {
    clear();
    stream.write(`${text}\n`);
    draw();
  };
  const tick = (step) => {
    if (live) return draw();
    const wait = step.spoken === undefined ? FIRST_WORD_MS : NEXT_WORD_MS;
    if (performance.now() - (step.spoken ?? step.since) < wait) return;
    step.spoken = performance.now();
    line(`  … ${describe(step)}`);
  };

  return {
    line,
    /** Prints a line to standard error without disturbing the progress lines. */
    error(text) {
      clear();
      process.stderr.write(`${text}\n`);
      draw();
    },
    /** Hides the progress lines while something else writes to the terminal. */
    hold() {
      clear();
      held = true;
    },
    release() {
      held = false;
      draw();
    },
    /**
     * Runs `work(report)` and returns its result; `report(message, percent?)` updates the progress. A string as result is also printed.
     */
    async step(title, work) {
      const step = { title, message: "", percent: undefined, since: performance.now(), spoken: undefined };
      active.add(step);
      const timer = setInterval(tick, 100, step);
      timer.unref();
      const end = (mark, detail) => {
        clearInterval(timer);
        active.delete(step);
        line(`${mark} ${title}${detail} (${duration(performance.now() - step.since)})`);
      };
      try {
        const outcome = await work((message, percent) => Object.assign(step, { message, percent }));
        end("✓", typeof outcome === "string" && outcome ? `: ${outcome}` : "");
        return outcome;
      } catch (error) {
        end("✗", "");
        throw error;
      }
    },
  };
}

function describe({ title, message, percent, since }) {
  const parts = [title];
  if (message) parts.push(message);
  if (percent !== undefined) parts.push(`${Math.round(percent)} %`);
  parts.push(duration(performance.now() - since));
  return parts.join(" · ");
}

/** Runs the main function of a command; an error is printed to stderr and sets exit code 1. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    console.error(`\n${explain(error)}\n`);
    process.exit(1);
  }
}
