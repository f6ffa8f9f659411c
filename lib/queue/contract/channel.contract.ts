import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { AppError } from "../../errors";
import { MAX_STDIN_BYTES } from "../../schemas/limits";
import type { Channel, Control, LiveEvent, RunFacts } from "..";
import {
  aJob,
  collect,
  done,
  err,
  failed,
  type OpenPorts,
  out,
  type Ports,
  pause,
  textOf,
} from "../testing/queue-fixture";

const input = (text: string): Control => ({ type: "input", text });
const end: Control = { type: "end" };

function refused(code: string) {
  return (error: unknown) => error instanceof AppError && error.code === code;
}

/** What every channel does. */
export function channelContract(name: string, open: OpenPorts): void {
  describe(`the channel's contract on ${name}`, () => {
    let ports: Ports;
    let channel: Channel;
    before(async () => {
      ports = await open({ limit: 10 });
      channel = ports.channel;
    });
    after(() => ports.close());

    function openRun(): string {
      const { id } = aJob();
      channel.open(id);
      return id;
    }

    test("a watcher sees every event once and in order, numbered from 1, to the last", async () => {
      const id = openRun();
      const events: LiveEvent[] = [
        { type: "queued", id, position: 0 },
        { type: "preparing", message: "Building", percent: 10 },
        { type: "stage", stage: "run" },
        out("a"),
        done(id),
      ];
      const early = collect(channel.watch(id, 0));
      for (const event of events) channel.append(id, event);
      const expected = events.map((event, index) => ({ seq: index + 1, event }));
      assert.deepEqual(await early, expected);
      assert.deepEqual(await collect(channel.watch(id, 0)), expected);
    });

    test("a watcher that resumes sees only what it has not seen", async () => {
      const id = openRun();
      for (const event of [out("a"), { type: "stage", stage: "run" }, done(id)] as const)
        channel.append(id, event);
      const seqs = async (afterSeq: number) =>
        (await collect(channel.watch(id, afterSeq))).map(({ seq }) => seq);
      assert.deepEqual(await seqs(2), [3]);
      assert.deepEqual(await seqs(3), []);
      assert.deepEqual(await seqs(1_000), []);
      for (const none of [0, -1, 1.5, Number.NaN]) assert.deepEqual(await seqs(none), [1, 2, 3]);
    });

    test("a watcher that claims to have seen more than there was gets what comes next", async () => {
      const id = openRun();
      channel.append(id, { type: "stage", stage: "run" });
      await channel.read(id);
      const events = collect(channel.watch(id, 7));
      await pause(20);
      channel.append(id, done(id));
      assert.deepEqual(await events, [{ seq: 2, event: done(id) }]);
    });

    test("an event arrives without another one after it", async () => {
      const id = openRun();
      const events = channel.watch(id, 0);
      channel.append(id, out("first"));
      assert.deepEqual((await events.next()).value, { seq: 1, event: out("first") });
      await pause(30);
      const next = events.next();
      channel.append(id, out("second"));
      assert.deepEqual((await next).value, { seq: 2, event: out("second") });
      channel.append(id, done(id));
    });

    test("a run that could not be started ends with its fault, whole", async () => {
      const id = openRun();
      channel.append(id, failed(id));
      assert.deepEqual(await collect(channel.watch(id, 0)), [{ seq: 1, event: failed(id) }]);
    });

    test("nothing comes after the last event", async () => {
      const id = openRun();
      channel.append(id, done(id));
      channel.append(id, out("later"));
      channel.append(id, failed(id));
      assert.deepEqual(await channel.read(id), [done(id)]);
    });

    test("many small prints are few events, with every character in its stream and in order", async () => {
      const id = openRun();
      for (let i = 0; i < 50_000; i++) channel.append(id, i % 2 === 0 ? out(`${i} `) : err(`${i} `));
      channel.append(id, done(id));
      const events = await collect(channel.watch(id, 0));
      for (const [type, rest] of [
        ["stdout", 0],
        ["stderr", 1],
      ] as const) {
        const expected = Array.from({ length: 25_000 }, (_, i) => `${i * 2 + rest} `).join("");
        assert.equal(textOf(events, type), expected);
      }
      assert.ok(events.length < 1_000, `${events.length} events`);
    });

    test("output comes before what follows it", async () => {
      const id = openRun();
      for (const event of [out("a"), out("b"), { type: "stage", stage: "run" }, out("c"), done(id)] as const)
        channel.append(id, event);
      const types = (await collect(channel.watch(id, 0))).map(({ event }) => event.type);
      assert.deepEqual(types.slice(types.indexOf("stage")), ["stage", "stdout", "done"]);
    });

    test("what was printed so far can be read while the run goes on", async () => {
      const id = openRun();
      for (const text of ["a", "b", "c"]) channel.append(id, out(text));
      const events = (await channel.read(id)) ?? [];
      assert.equal(textOf(events.map((event, index) => ({ seq: index + 1, event }))), "abc");
      channel.append(id, done(id));
    });

    test("watchers at different paces all see everything", async () => {
      const id = openRun();
      const slow = (async () => {
        const seen = [];
        for await (const event of channel.watch(id, 0)) {
          seen.push(event);
          await pause(1);
        }
        return seen;
      })();
      const fast = collect(channel.watch(id, 0));
      for (let i = 0; i < 50; i++) {
        channel.append(id, out(`${i},`));
        if (i % 10 === 0) await pause(2);
      }
      channel.append(id, done(id));
      assert.deepEqual(await slow, await fast);
      assert.equal(textOf(await fast), Array.from({ length: 50 }, (_, i) => `${i},`).join(""));
    });

    test("a watcher that stops while it waits is done at once, and sees nothing more", async () => {
      const id = openRun();
      const events = channel.watch(id, 0);
      const waiting = events.next();
      await events.return?.();
      assert.equal((await waiting).done, true);
      channel.append(id, done(id));
      assert.equal((await events.next()).done, true);
    });

    test("of a run that is not live there is nothing to see, and nothing can be said to it", async () => {
      const { id } = aJob();
      channel.append(id, out("lost"));
      assert.deepEqual(await collect(channel.watch(id, 0)), []);
      assert.equal(await channel.read(id), null);
      await assert.rejects(channel.send(id, input("x")), refused("conflict"));
      await channel.send(id, { type: "cancel" });
    });

    test("a run that is dropped ends for its watchers and is not live", async () => {
      const id = openRun();
      const events = collect(channel.watch(id, 0));
      channel.drop(id);
      assert.deepEqual(await events, []);
      assert.equal(await channel.read(id), null);
    });

    test("what was said of a run when it was opened can be found while it is live", async () => {
      const { id, usage } = aJob();
      const facts: RunFacts = { mode: "terminal", hasTests: false, signals: true, usage };
      channel.open(id, facts);
      assert.deepEqual(await channel.find(id), facts);
      channel.drop(id);
      assert.equal(await channel.find(id), null);
      assert.equal(await channel.find(openRun()), null, "nothing was said of it");
    });

    test("what is said arrives in order, also what was said before anybody listened, until the run ends", async () => {
      const id = openRun();
      await channel.send(id, input("one\n"));
      await channel.send(id, { type: "resize", columns: 80, rows: 24 });
      const said = collect(channel.controls(id));
      await channel.send(id, input("two\n"));
      await channel.send(id, end);
      await channel.send(id, { type: "resize", columns: 100, rows: 30 });
      await pause(20);
      channel.append(id, done(id));
      assert.deepEqual(await said, [
        input("one\n"),
        { type: "resize", columns: 80, rows: 24 },
        input("two\n"),
        end,
        { type: "resize", columns: 100, rows: 30 },
      ]);
    });

    test("a terminal's bytes, sizes and signals arrive as they were said", async () => {
      const id = openRun();
      const said = channel.controls(id);
      const controls = [
        input("\udcff\u0000\u001b[A"),
        { type: "signal", signal: "SIGINT" } as const,
        { type: "resize", columns: 120, rows: 40 } as const,
      ];
      for (const control of controls) {
        await channel.send(id, control);
        assert.deepEqual((await said.next()).value, control);
      }
      channel.append(id, out("\udc80 bytes"));
      channel.append(id, done(id));
      assert.equal(textOf(await collect(channel.watch(id, 0))), "\udc80 bytes");
    });

    test("of sizes and signals that nobody reads little is kept, and the last size counts", async () => {
      const id = openRun();
      for (let columns = 1; columns <= 2_000; columns++) {
        await channel.send(id, { type: "resize", columns, rows: 24 });
      }
      const keys = async () => {
        for (let pair = 0; pair < 1_000; pair++) {
          await channel.send(id, { type: "signal", signal: "SIGINT" });
          await channel.send(id, { type: "resize", columns: 5, rows: 5 });
        }
      };
      await assert.rejects(keys, refused("conflict"));
      await channel.send(id, input("still"));
      const said = channel.controls(id);
      assert.deepEqual((await said.next()).value, { type: "resize", columns: 2_000, rows: 24 });
      channel.append(id, done(id));
    });

    test("what is said to one run is not said to another", async () => {
      const [one, other] = [openRun(), openRun()];
      const said = channel.controls(other);
      await channel.send(one, input("x"));
      await channel.send(other, input("y"));
      assert.deepEqual((await said.next()).value, input("y"));
      for (const id of [one, other]) channel.append(id, done(id));
    });

    test("input is refused after its end and after the run's", async () => {
      const id = openRun();
      await channel.send(id, end);
      await assert.rejects(channel.send(id, input("x")), /input of this run has been ended/);
      await assert.rejects(channel.send(id, end), refused("conflict"));
      channel.append(id, done(id));
      await assert.rejects(channel.send(id, input("x")), /run has ended/);
    });

    test("input that nobody reads is bounded, and what was read makes room", async () => {
      const id = openRun();
      const piece = "ä".repeat(MAX_STDIN_BYTES / 32);
      for (let i = 0; i < 16; i++) await channel.send(id, input(piece));
      await assert.rejects(channel.send(id, input("x")), refused("body_too_large"));
      const said = channel.controls(id);
      await said.next();
      await channel.send(id, input("x"));
      channel.append(id, done(id));
    });

    test("a listener that stops while it waits is done at once", async () => {
      const id = openRun();
      const said = channel.controls(id);
      const waiting = said.next();
      await said.return?.();
      assert.equal((await waiting).done, true);
      channel.append(id, done(id));
    });
  });
}
