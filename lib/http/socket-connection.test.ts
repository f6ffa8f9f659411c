import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import type { WebSocket } from "ws";
import { SocketConnection } from "./socket-connection";

/** As much of a `WebSocket` as a connection reads from. */
class Socket extends EventEmitter {
  readonly OPEN = 1;
  readonly readyState = 1;
  isPaused = false;

  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  say(bytes: number): void {
    this.emit("message", Buffer.alloc(bytes), true);
  }
}

function connected() {
  const socket = new Socket();
  const connection = new SocketConnection(socket as unknown as WebSocket);
  let taken = 0;
  connection.onMessage(() => {
    taken += 1;
  });
  return { socket, connection, taken: () => taken };
}

test("a client that sends too many messages in a second waits, and one that sends too many bytes", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const [small, large] = [connected(), connected()];
  for (let n = 0; n < 499; n++) small.socket.say(1);
  assert.equal(small.socket.isPaused, false);
  small.socket.say(1);
  assert.equal(small.socket.isPaused, true);
  large.socket.say(2 * 1_048_576);
  assert.equal(large.socket.isPaused, false);
  large.socket.say(2 * 1_048_576);
  assert.equal(large.socket.isPaused, true);
  large.socket.say(1);
  assert.equal(large.taken(), 3, "what had arrived is not lost");
  t.mock.timers.tick(1_000);
  for (const { socket, connection } of [small, large]) {
    assert.equal(socket.isPaused, false);
    connection.end();
  }
});
