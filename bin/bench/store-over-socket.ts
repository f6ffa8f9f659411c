import { createConnection, createServer, type Socket } from "node:net";
import { deserialize, serialize } from "node:v8";
import { AppError, type ErrorCode } from "../../lib/errors";
import type { Store } from "../../lib/store";

/*
 * A store in a process of its own, as a database server is, for benchmarks of several processes. MongoDB's stand-in takes 65 ms of a processor
 * for each run, which would be all that they measure.
 */

interface Call {
  id: number;
  /** As `["accounts", "getUser"]`. */
  path: readonly string[];
  args: readonly unknown[];
}

interface Answer {
  id: number;
  value?: unknown;
  error?: { code: ErrorCode; message: string };
}

/** The parts of a store that are stores themselves. */
const PARTS: readonly string[] = [
  ...([
    "accounts",
    "moderation",
    "programs",
    "answers",
    "webhooks",
    "sessionFiles",
  ] satisfies (keyof Store)[]),
];
/** Methods whose answer is read piece by piece; it is few pieces here, and goes over the socket as one. */
const ITERATED: readonly string[] = ["queuedRuns", "exportRuns"] satisfies (keyof Store)[];

const LENGTH_BYTES = 4;

/** Serves it at a Unix socket for as long as the process is there. */
export function serveStore(store: Store, socketPath: string): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    onMessages<Call>(socket, async ({ id, path, args }) =>
      send(socket, { id, ...(await answer(store, path, args)) }),
    );
  });
  return new Promise((resolve) => server.listen(socketPath, resolve));
}

async function answer(
  store: Store,
  path: readonly string[],
  args: readonly unknown[],
): Promise<Omit<Answer, "id">> {
  try {
    const name = path.at(-1) ?? "";
    const owner = path.slice(0, -1).reduce<object>((of, part) => Reflect.get(of, part) as object, store);
    const given: unknown = Reflect.apply(Reflect.get(owner, name) as () => unknown, owner, args);
    return { value: ITERATED.includes(name) ? await all(given as AsyncIterable<unknown>) : await given };
  } catch (error) {
    const known = error instanceof AppError;
    return { error: { code: known ? error.code : "internal", message: String(error) } };
  }
}

async function all(pieces: AsyncIterable<unknown>): Promise<unknown[]> {
  const list = [];
  for await (const piece of pieces) list.push(piece);
  return list;
}

/** The store that is served there. */
export function storeOver(socketPath: string): Store {
  const socket = createConnection(socketPath);
  const waiting = new Map<number, (answer: Answer) => void>();
  onMessages<Answer>(socket, (given) => {
    waiting.get(given.id)?.(given);
    waiting.delete(given.id);
  });
  let last = 0;
  const ask = async (path: readonly string[], args: readonly unknown[]): Promise<unknown> => {
    const id = ++last;
    const { value, error } = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      send(socket, { id, path, args } satisfies Call);
    });
    if (error) throw new AppError(error.code, error.message);
    return value;
  };
  const methods = (prefix: readonly string[]): object =>
    new Proxy(
      {},
      {
        get(_, name) {
          if (typeof name !== "string") return undefined;
          if (prefix.length === 0 && PARTS.includes(name)) return methods([name]);
          // The process that serves it has others to serve.
          if (name === "close") return async () => void socket.end();
          const path = [...prefix, name];
          if (!ITERATED.includes(name)) return (...args: unknown[]) => ask(path, args);
          return async function* (...args: unknown[]) {
            yield* (await ask(path, args)) as unknown[];
          };
        },
      },
    );
  return methods([]) as Store;
}

function send(socket: Socket, message: Call | Answer): void {
  const body = serialize(message);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(body.length);
  socket.write(Buffer.concat([length, body]));
}

function onMessages<Message>(socket: Socket, take: (message: Message) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    while (rest.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + rest.readUInt32LE(0);
      if (rest.length < end) return;
      take(deserialize(rest.subarray(LENGTH_BYTES, end)) as Message);
      rest = rest.subarray(end);
    }
  });
}
