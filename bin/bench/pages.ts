/**
 * What each page costs a browser that comes for the first time: requests, compressed bytes and times, in real Chromium against the real
 * build. `--rounds N` (5), `--write` puts the table into docs/performance.md. Fails where a page misses what it must keep.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "@playwright/test";
import { percentile } from "./figures";
import { type Server, startServer } from "./server";

const DOCUMENT = "docs/performance.md";
const [BEGIN, END] = ["<!-- npm run bench -- pages -->", "<!-- end -->"];

/** What a page must keep: its first paint waits for no more than this, it is usable after that, and nothing in it moves. */
const MOST_BYTES_BEFORE_PAINT = 250 * 1_024;
const MOST_MS_TO_USABLE = 1_500;

interface PageKind {
  route: string;
  path: string;
  /** Is there when the page can be used. */
  usable: string;
}

interface Load {
  requests: number;
  bytesToPaint: number;
  bytesToUsable: number;
  bytes: number;
  shift: number;
  paintMs: number;
  largestPaintMs: number;
  usableMs: number;
}

declare global {
  interface Window {
    measured: { shift: number; largestPaintMs: number; usableMs: number };
  }
}

function pagesOf(run: string): PageKind[] {
  return [
    { route: "/", path: "/", usable: ".monaco-editor .view-line span span" },
    { route: "/history", path: "/history", usable: "main li, main h2" },
    { route: "/settings", path: "/settings", usable: "main h2" },
    { route: "/status", path: "/status", usable: "main li" },
    { route: "/sign-in", path: "/sign-in", usable: "form button[type=submit]" },
    { route: "/r/{id}", path: `/r/${run}`, usable: "main pre" },
    { route: "/embed/{id}", path: `/embed/${run}`, usable: "pre" },
  ];
}

/** Runs in the page, before anything of it. */
function watch(usable: string): void {
  window.measured = { shift: 0, largestPaintMs: 0, usableMs: 0 };
  performance.setResourceTimingBufferSize(2_000);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) window.measured.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    window.measured.largestPaintMs = list.getEntries().at(-1)?.startTime ?? 0;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  const look = () => {
    if (document.querySelector(usable)) window.measured.usableMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the page, when it has come to rest. */
function collect(): Load {
  const { shift, largestPaintMs, usableMs } = window.measured;
  const paintMs = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
  const loaded = [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource"),
  ] as PerformanceResourceTiming[];
  const bytesUntil = (ms: number) =>
    loaded.reduce((sum, entry) => sum + (entry.responseEnd <= ms ? entry.transferSize : 0), 0);
  return {
    requests: loaded.length,
    bytesToPaint: bytesUntil(paintMs),
    bytesToUsable: bytesUntil(usableMs),
    bytes: bytesUntil(Number.POSITIVE_INFINITY),
    ...{ shift, paintMs, largestPaintMs, usableMs },
  };
}

async function load(browser: Browser, server: Server, { path, usable }: PageKind): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    // What runs in the page was made by the loader of this file, which wraps functions in this one.
    await page.addInitScript("globalThis.__name = (of) => of");
    await page.addInitScript(watch, usable);
    await page.goto(`${server.url}${path}`);
    await page.waitForFunction(() => window.measured.usableMs > 0);
    await page.waitForLoadState("networkidle");
    return await page.evaluate(collect);
  } finally {
    await context.close();
  }
}

async function measure(server: Server, rounds: number): Promise<Map<string, Load[]>> {
  const run = await server.run({ language: "python", code: "print(2+2)" });
  await server.share(run.id);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const loads = new Map<string, Load[]>();
  try {
    // The first round, in which the server loads its own code, is not measured.
    for (let round = -1; round < rounds; round++) {
      for (const kind of pagesOf(run.id)) {
        const one = await load(browser, server, kind);
        if (round >= 0) loads.set(kind.route, [...(loads.get(kind.route) ?? []), one]);
      }
    }
  } finally {
    await browser.close();
  }
  return loads;
}

function medianOf(loads: readonly Load[]): Load {
  const median = (of: (load: Load) => number) => percentile(loads.map(of), 0.5);
  return {
    requests: median(({ requests }) => requests),
    bytesToPaint: median(({ bytesToPaint }) => bytesToPaint),
    bytesToUsable: median(({ bytesToUsable }) => bytesToUsable),
    bytes: median(({ bytes }) => bytes),
    // The worst: a page that moves now and then moves.
    shift: Math.max(...loads.map(({ shift }) => shift)),
    paintMs: median(({ paintMs }) => paintMs),
    largestPaintMs: median(({ largestPaintMs }) => largestPaintMs),
    usableMs: median(({ usableMs }) => usableMs),
  };
}

function table(rows: readonly (readonly [string, Load])[]): string {
  const kb = (bytes: number) => `${Math.round(bytes / 1_024)}`;
  const lines = rows.map(([route, load]) => [
    `\`${route}\``,
    String(load.requests),
    ...[load.bytesToPaint, load.bytesToUsable, load.bytes].map(kb),
    load.shift.toFixed(3),
    ...[load.paintMs, load.largestPaintMs, load.usableMs].map((ms) => String(Math.round(ms))),
  ]);
  const head = [
    ...["page", "requests", "KB before it shows", "KB before it is usable", "KB in all", "layout shift"],
    ...["shows, ms", "largest paint, ms", "usable, ms"],
  ];
  return [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function problemsOf([route, { bytesToPaint, shift, usableMs }]: readonly [string, Load]): string[] {
  return [
    ...(bytesToPaint > MOST_BYTES_BEFORE_PAINT ? [`${route}: ${bytesToPaint} bytes before it shows`] : []),
    ...(shift > 0 ? [`${route}: it moves by ${shift.toFixed(4)}`] : []),
    ...(usableMs > MOST_MS_TO_USABLE ? [`${route}: usable after ${Math.round(usableMs)} ms`] : []),
  ];
}

const { values } = parseArgs({ options: { rounds: { type: "string" }, write: { type: "boolean" } } });
const server = await startServer();
try {
  const loads = await measure(server, Number(values.rounds ?? 5));
  const rows = [...loads].map(([route, of]) => [route, medianOf(of)] as const);
  console.log(table(rows));
  if (values.write) {
    const text = readFileSync(DOCUMENT, "utf8");
    const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
    if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no "${BEGIN}" and "${END}" after it.`);
    writeFileSync(DOCUMENT, `${text.slice(0, from)}${BEGIN}\n${table(rows)}\n${text.slice(to)}`);
  }
  const problems = rows.flatMap(problemsOf);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  await server.close();
}
