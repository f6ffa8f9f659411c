import assert from "node:assert/strict";
import { test } from "node:test";
import { Durations, type EndedRun, RunFigures, WorkersFigures } from "./metrics";

const NOON = Date.parse("2026-11-27T12:00:30Z");
const aRun = (run: Partial<EndedRun> = {}): EndedRun => ({ waitMs: 10, totalMs: 100, failed: false, ...run });

/** Within the 5 % that classes of durations are right to. */
function isAbout(value: number | null | undefined, wanted: number): void {
  assert.ok(
    value !== null && value !== undefined && Math.abs(value / wanted - 1) < 0.05,
    `${value}, not ${wanted}`,
  );
}

test("quantiles are those of a sorted list, to 5 %", () => {
  const durations = new Durations();
  const values = Array.from({ length: 1_000 }, (_, n) => 3 * (n + 1));
  for (const value of values.toReversed()) durations.add(value);
  isAbout(durations.quantile(0.5), 1_500);
  isAbout(durations.quantile(0.95), 2_850);
  isAbout(durations.quantile(1), 3_000);
  isAbout(durations.quantile(0), 3);
});

test("one slow run among many is in the last class, not in the median", () => {
  const durations = new Durations();
  durations.add(20, 99);
  durations.add(30_000);
  isAbout(durations.quantile(0.5), 20);
  isAbout(durations.quantile(0.95), 20);
  isAbout(durations.quantile(1), 30_000);
});

test("no duration is no figure, and odd ones do no harm", () => {
  assert.equal(new Durations().quantile(0.5), null);
  const durations = new Durations();
  for (const odd of [0, -5, Number.NaN, 0.2]) durations.add(odd);
  assert.equal(durations.quantile(1), 1);
  durations.add(Number.POSITIVE_INFINITY);
  durations.add(1e15);
  const longest = durations.quantile(1) ?? 0;
  assert.ok(longest > 86_400_000 && Number.isFinite(longest), String(longest));
});

test("an hour has sixty minutes, the present one last; those without runs have zeros", () => {
  let now = NOON;
  const figures = new RunFigures(() => now);
  figures.ended(aRun());
  now += 2 * 60_000;
  figures.ended(aRun({ waitMs: 40, totalMs: 400 }));
  figures.ended(aRun({ waitMs: null, totalMs: null, failed: true }));
  const minutes = figures.minutes();
  assert.equal(minutes.length, 60);
  assert.deepEqual(
    [minutes[0]?.at, minutes.at(-1)?.at],
    ["2026-11-27T11:03:00.000Z", "2026-11-27T12:02:00.000Z"],
  );
  const [first, between, last] = minutes.slice(-3);
  assert.deepEqual([first?.runs, between?.runs, last?.runs, last?.failed], [1, 0, 2, 1]);
  assert.deepEqual([between?.wait, between?.total], [null, null]);
  isAbout(last?.wait?.p95, 40);
  const hour = figures.hour();
  assert.deepEqual([hour.runs, hour.failed], [3, 1]);
  isAbout(hour.total?.p50, 100);
  isAbout(hour.total?.p95, 400);
});

test("what is older than an hour is forgotten, and what is kept does not grow", () => {
  let now = NOON;
  const figures = new RunFigures(() => now);
  for (let minute = 0; minute < 10_000; minute++) {
    figures.ended(aRun());
    now += 60_000;
  }
  // The present minute has no run yet.
  assert.equal(figures.hour().runs, 59);
  assert.ok(JSON.stringify(figures).length < 10_000);
  now += 3_600_000;
  assert.deepEqual(figures.hour(), { runs: 0, failed: 0, wait: null, total: null });
  assert.ok(figures.minutes().every(({ runs }) => runs === 0));
});

test("a clock that is set back loses no run and makes no minute twice", () => {
  let now = NOON;
  const figures = new RunFigures(() => now);
  figures.ended(aRun());
  now -= 5 * 60_000;
  figures.ended(aRun());
  now = NOON + 60_000;
  figures.ended(aRun());
  assert.equal(figures.hour().runs, 3);
  const at = figures.minutes().filter(({ runs }) => runs > 0);
  assert.deepEqual(
    at.map(({ runs }) => runs),
    [2, 1],
  );
});

test("the figures of many workers are those of one that had all of their runs, however often each is told", () => {
  let now = NOON;
  const one = new RunFigures(() => now);
  const workers = [new RunFigures(() => now), new RunFigures(() => now)];
  const all = new WorkersFigures(() => now);
  for (let step = 0; step < 40; step++) {
    const run = aRun({ waitMs: step, totalMs: 10 * step, failed: step % 9 === 0 });
    one.ended(run);
    workers[step % 2]?.ended(run);
    for (const [index, figures] of workers.entries())
      all.take(`worker ${index}`, JSON.parse(JSON.stringify(figures.latest())));
    now += 15_000;
  }
  assert.deepEqual(all.hour(), one.hour());
  assert.deepEqual(all.minutes(), one.minutes());
  now += 3_600_000;
  assert.equal(all.hour().runs, 0);
  assert.equal(all.minutes().length, 60);
});
