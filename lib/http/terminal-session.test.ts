import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { AppError } from "../errors";
import type { LoggedEvent } from "../runs";
import { TerminalSession } from "./terminal-session";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
await once(server, "listening");
after(() => server.close());

/** Both ends of a connection. */
async function connection(): Promise<{ client: WebSocket; accepted: WebSocket }> {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [accepted] = (await once(server, "connection")) as [WebSocket];
  await once(client, "open");
  return { client, accepted };
}

/** A run that prints nothing. */
function nothing(): AsyncIterableIterator<LoggedEvent> {
  const events: AsyncIterableIterator<LoggedEvent> = {
    [Symbol.asyncIterator]: () => events,
    next: () => new Promise(() => {}),
  };
  return events;
}

const noError = () => assert.fail("nothing is wrong");

test("a reader that takes nothing is sent little, and is closed when it does not answer a ping", {
  timeout: 30_000,
}, async () => {
  let taken = 0;
  async function* endless(): AsyncGenerator<LoggedEvent, undefined> {
    for (let seq = 1; seq < 10_000; seq++) {
      taken += 65_536;
      yield { seq, event: { type: "stdout", text: "x".repeat(65_536) } };
    }
  }
  const { client, accepted } = await connection();
  client.pause();
  const closed = once(accepted, "close");
  const options = { from: 0, onError: noError, pingEveryMs: 200 };
  void new TerminalSession(accepted, { events: endless(), say: async () => {} }, options).serve();
  await closed;
  assert.ok(taken < 32 * 1_048_576, `${taken} bytes were taken out of the log`);
  client.terminate();
});

test("a client that says nothing but answers pings stays", { timeout: 30_000 }, async () => {
  const { client, accepted } = await connection();
  let end = () => {};
  async function* silent(): AsyncGenerator<LoggedEvent, undefined> {
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  }
  let pings = 0;
  const several = new Promise<void>((resolve) => client.on("ping", () => ++pings === 5 && resolve()));
  const options = { from: 0, onError: noError, pingEveryMs: 50 };
  void new TerminalSession(accepted, { events: silent(), say: async () => {} }, options).serve();
  await several;
  assert.equal(client.readyState, client.OPEN);
  const closed = once(client, "close");
  end();
  assert.equal((await closed)[0], 1000);
});

test("a client that leaves lets go of the run's events, also while nothing happens", {
  timeout: 30_000,
}, async () => {
  const { client, accepted } = await connection();
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const events: AsyncIterableIterator<LoggedEvent> = {
    [Symbol.asyncIterator]: () => events,
    next: () => new Promise(() => {}),
    return: async () => {
      letGo();
      return { done: true, value: undefined };
    },
  };
  void new TerminalSession(accepted, { events, say: async () => {} }, { from: 0, onError: noError }).serve();
  client.terminate();
  await gone;
});

test("messages in a flood are held back, and none is lost", { timeout: 30_000 }, async () => {
  const { client, accepted } = await connection();
  const said: string[] = [];
  let held = false;
  let all = () => {};
  const done = new Promise<void>((resolve) => {
    all = resolve;
  });
  const say = async (text: unknown) => {
    said.push(String(text));
    held ||= accepted.isPaused;
    if (said.length === 1_200) all();
  };
  const events: AsyncIterableIterator<LoggedEvent> = {
    [Symbol.asyncIterator]: () => events,
    next: () => new Promise(() => {}),
  };
  void new TerminalSession(accepted, { events, say }, { from: 0, onError: noError }).serve();
  for (let message = 0; message < 1_200; message++) client.send(Buffer.from(String(message)));
  await done;
  assert.deepEqual(
    said,
    Array.from({ length: 1_200 }, (_, message) => String(message)),
  );
  assert.ok(held, "nothing more was read for a while");
  client.terminate();
});

test("a client that pings without end and reads no answer is closed", { timeout: 30_000 }, async () => {
  const { client, accepted } = await connection();
  void new TerminalSession(
    accepted,
    { events: nothing(), say: async () => {} },
    { from: 0, onError: noError },
  ).serve();
  const closed = once(accepted, "close");
  client.pause();
  client.on("error", () => {});
  for (let ping = 0; ping < 5_000; ping++) client.ping(Buffer.alloc(125));
  await closed;
  client.terminate();
});

test("a client that types what is refused and reads no answer is answered little", {
  timeout: 30_000,
}, async () => {
  const { client, accepted } = await connection();
  async function* endless(): AsyncGenerator<LoggedEvent, undefined> {
    for (let seq = 1; ; seq++) yield { seq, event: { type: "stdout", text: "x".repeat(65_536) } };
  }
  let refused = 0;
  const say = async () => {
    refused += 1;
    throw new AppError("body_too_large", "It does not read. ".repeat(500));
  };
  const onError = (error: unknown) => error as AppError;
  void new TerminalSession(accepted, { events: endless(), say }, { from: 0, onError }).serve();
  client.pause();
  // Until the system takes no more for it.
  for (let before = -1; accepted.bufferedAmount === 0 || before !== accepted.bufferedAmount; ) {
    before = accepted.bufferedAmount;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (let message = 0; message < 800; message++) client.send(Buffer.from("x"));
  while (refused < 800) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(accepted.bufferedAmount < 524_288, `${accepted.bufferedAmount} bytes are held`);
  client.terminate();
  accepted.terminate();
});

test("who may not have it any more is told why, and what they type without looking goes nowhere", {
  timeout: 30_000,
}, async () => {
  const { client, accepted } = await connection();
  const said: unknown[] = [];
  const events: AsyncIterableIterator<LoggedEvent> = {
    [Symbol.asyncIterator]: () => events,
    next: () => new Promise(() => {}),
  };
  let refused = false;
  let closing = () => {};
  const goodbye = new Promise<void>((resolve) => {
    closing = resolve;
  });
  const refusal = async () => {
    if (!refused) return null;
    setImmediate(closing);
    return new AppError("unauthorized", "It has ended.");
  };
  const options = { from: 0, onError: noError, refusal, pingEveryMs: 50 };
  const say = async (text: unknown) => void said.push(text);
  void new TerminalSession(accepted, { events, say }, options).serve();
  client.send(Buffer.from("before"));
  while (said.length === 0) await once(accepted, "message");
  // It does not see the goodbye yet.
  client.pause();
  refused = true;
  await goodbye;
  client.send(Buffer.from("after"));
  await once(accepted, "message");
  client.resume();
  const [message] = (await once(client, "message")) as [Buffer];
  assert.equal(JSON.parse(message.toString()).error.message, "It has ended.");
  const [code, reason] = (await once(client, "close")) as [number, Buffer];
  assert.deepEqual([code, reason.toString()], [4401, "Who opened this terminal may not have it any more."]);
  assert.deepEqual(said, ["before"]);
});
