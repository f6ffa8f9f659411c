import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import type { RunDetail, RunPage } from "../lib/schemas/history";
import type { RunResult } from "../lib/schemas/run";
import { Ide } from "./ide";
import { OwnServer } from "./own-server";
import { ALL_ONLY } from "./sample";

/** Each browser takes seconds of a processor to open the editor: a fair sample, and the whole class in `npm run test:all`. */
const PUPILS = process.env.QUICKSAND_TEST_ALL ? 30 : 5;
const OPEN_LIMIT_MS = 240_000;
/** The plans as they are: nobody is refused because the limits are right, not because there are none. */
const server = new OwnServer({ QUICKSAND_GUESTS: "browser", QUICKSAND_PLANS: "{}" });

const TEMPLATE = {
  language: "python",
  code: "# Add the numbers\nprint(sum(int(part) for part in input().split()))\n",
  tests: [
    { stdin: "1 2\n", expected: "3\n" },
    { stdin: "10 -4\n", expected: "6\n" },
    { stdin: "1 2 3 4\n", expected: "10\n" },
  ],
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await server.start();
});
test.afterAll(() => server.dispose());

interface Pupil {
  context: BrowserContext;
  page: Page;
  /** Everything that was answered with an error. */
  refused: string[];
}

async function newPupil(browser: Browser): Promise<Pupil> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
  const page = await context.newPage();
  page.setDefaultTimeout(OPEN_LIMIT_MS);
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  return { context, page, refused };
}

/** Opens everybody's own copy of the template. */
async function openTemplate(page: Page, id: string): Promise<void> {
  await page.goto(`${server.address}/new?from=${id}`, { waitUntil: "commit" });
  await expect(page.locator(".monaco-editor .view-lines")).toContainText("Add the numbers", {
    timeout: OPEN_LIMIT_MS,
  });
  await expect(new Ide(page).run).toBeEnabled();
}

/**
 * Runs the tests of the pupil's copy, as they do; answers the run when its verdicts are there. The run is asked for at the server: the
 * page stops reading at a run's last event, and whether a request that is given up has ended, the browser does not always tell.
 */
async function runTests(page: Page, round: number): Promise<RunDetail> {
  const panel = page.getByRole("region", { name: "Tests", exact: true });
  await page.getByRole("tab", { name: /^Tests/ }).click();
  await panel.getByRole("button", { name: "Run tests" }).click();
  let ended: RunPage["runs"] = [];
  await expect
    .poll(
      async () => {
        const { runs } = (await (await page.request.get(`${server.address}/api/runs`)).json()) as RunPage;
        ended = runs.filter(({ status }) => status !== "running");
        return ended.length;
      },
      { timeout: OPEN_LIMIT_MS, intervals: [250] },
    )
    .toBe(round);
  await expect(panel.getByText("All 3 tests passed")).toBeVisible({ timeout: OPEN_LIMIT_MS });
  return (await (await page.request.get(`${server.address}/api/runs/${ended[0]?.id}`)).json()) as RunDetail;
}

test(
  `a class of ${PUPILS} behind one address opens a template at once and runs its tests, and nobody is refused`,
  ALL_ONLY,
  async ({ browser, request }) => {
    test.setTimeout(480_000);
    const made = await request.post(`${server.address}/api/editor/run`, { data: TEMPLATE });
    const { id } = (await made.json()) as RunResult;
    const shared = await request.patch(`${server.address}/api/runs/${id}`, {
      data: { visibility: "unlisted" },
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(shared.status()).toBe(200);

    const pupils = await Promise.all(Array.from({ length: PUPILS }, () => newPupil(browser)));
    const lesson = await Promise.all(
      pupils.map(async ({ page }) => {
        const begun = performance.now();
        await openTemplate(page, id);
        const opened = performance.now();
        const run = await runTests(page, 1);
        return { run, openMs: opened - begun, verdictMs: performance.now() - begun };
      }),
    );

    for (const { run } of lesson)
      expect([run.status, run.tests?.map(({ status }) => status)]).toEqual([
        "success",
        ["passed", "passed", "passed"],
      ]);
    expect(pupils.flatMap(({ refused }) => refused)).toEqual([]);
    const print = (what: string, values: readonly number[]) => {
      const sorted = values.toSorted((a, b) => a - b);
      const [median = 0, most = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
      console.log(`  ${what}: p50 ${(median / 1_000).toFixed(2)} s, max ${(most / 1_000).toFixed(2)} s`);
    };
    print(
      "editor with the template",
      lesson.map(({ openMs }) => openMs),
    );
    print(
      "first verdict",
      lesson.map(({ verdictMs }) => verdictMs),
    );
    print(
      "waited for a turn",
      lesson.map(({ run }) => run.queuedMs),
    );

    // The browsers are warm now: everybody presses at the same moment.
    const again = await Promise.all(
      pupils.map(async ({ page }) => {
        const begun = performance.now();
        const { status } = await runTests(page, 2);
        return { status, ms: performance.now() - begun };
      }),
    );
    expect([...new Set(again.map(({ status }) => status))]).toEqual(["success"]);
    print(
      "verdict when all press together",
      again.map(({ ms }) => ms),
    );

    // Each has a quota and a history of their own.
    for (const { context } of pupils) {
      const usage = await (await context.request.get(`${server.address}/api/usage`)).json();
      expect(usage).toMatchObject({ plan: "guest", used: 2, limit: 100 });
      const { runs } = await (await context.request.get(`${server.address}/api/runs`)).json();
      expect(runs).toHaveLength(2);
    }
    expect(pupils.flatMap(({ refused }) => refused)).toEqual([]);
    await Promise.all(pupils.map(({ context }) => context.close()));
  },
);
