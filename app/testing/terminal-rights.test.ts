import assert from "node:assert/strict";
import { after, afterEach, mock, test as nodeTest } from "node:test";
import { newSession } from "../../lib/auth/sessions";
import { AppError } from "../../lib/errors";
import { createSocketDoor } from "../../lib/http/socket-door";
import { terminalSockets } from "../../lib/http/terminal-sockets";
import { printing, running } from "../../lib/runs/testing/runs-fixture";
import type { ErrorBody } from "../../lib/schemas/error";
import { Client } from "./routes";
import { Visitor } from "./site";
import { end, node, type Opened, open, routes, sandbox, services, start } from "./terminals";
import { keyOf, signedIn } from "./world";

/* A terminal that stays open is asked again whose it is. */

const PING_MS = 100;
const quick = createSocketDoor(async () => services, [terminalSockets({ pingEveryMs: PING_MS })]);
node.openWebSockets(quick);
after(() => quick.close());

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

afterEach(() => {
  sandbox.script = printing("hello\n");
});

const shown = (opened: Opened) => opened.until(() => opened.bytes().toString() === "up");

/** What it was told before it was closed. */
function told({ events }: Opened): ErrorBody["error"] | undefined {
  return (events.find(({ type }) => type === "error") as ErrorBody | undefined)?.error;
}

async function pings(opened: Opened, count: number): Promise<void> {
  let seen = 0;
  await new Promise<void>((resolve) => opened.socket.on("ping", () => ++seen === count && resolve()));
}

/** A second browser in which the user is signed in. */
async function anotherBrowser(user: string): Promise<{ client: Client; session: string }> {
  const client = new Client();
  const { token, id: session } = newSession();
  const now = new Date();
  await routes.store.accounts.createSession({
    ...{ id: session, user, createdAt: now, expiresAt: new Date(now.getTime() + 3_600_000) },
    ...{ browser: "", network: "", lastSeenAt: now, confirmedAt: now },
  });
  client.cookie = (await services.auth.sessions.cookieFor(token)).split(";")[0] ?? "";
  return { client, session };
}

async function userWithTerminal() {
  sandbox.script = running("up");
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  return { visitor, user, id: await start(visitor) };
}

test("a session that is ended elsewhere loses its terminals, and another session of the same person keeps its own", async () => {
  const { visitor, user, id } = await userWithTerminal();
  const { client, session } = await anotherBrowser(user.id);
  const [here, there] = [open(visitor, id), open(client, id)];
  await Promise.all([shown(here), shown(there)]);
  await routes.store.accounts.deleteSession(session);
  assert.equal(await there.closed, 4401);
  assert.equal(told(there)?.code, "unauthorized");
  assert.match(told(there)?.message ?? "", /sign-in by which this terminal was opened has ended/);
  await pings(here, 3);
  assert.equal(here.socket.readyState, here.socket.OPEN);
  await end(visitor, id);
  assert.equal(await here.closed, 1000);
});

test("an account that is suspended loses its terminals, by session and by key", async () => {
  const { visitor, user, id } = await userWithTerminal();
  const { headers } = await keyOf(routes, user, ["run"]);
  const opened = [open(visitor, id), open(new Client(), id, { headers })];
  await Promise.all(opened.map(shown));
  await routes.store.accounts.updateUser(user.id, { suspendedAt: new Date() });
  assert.deepEqual(await Promise.all(opened.map(({ closed }) => closed)), [4401, 4401]);
  assert.deepEqual(
    opened.map((each) => told(each)?.code),
    ["unauthorized", "forbidden"],
  );
});

test("a key that is revoked loses its terminals", async () => {
  const { visitor, user, id } = await userWithTerminal();
  const key = await keyOf(routes, user, ["run"]);
  const opened = open(new Client(), id, { headers: key.headers });
  await shown(opened);
  await routes.store.accounts.deleteKey(key.id, user.id);
  assert.equal(await opened.closed, 4401);
  assert.match(told(opened)?.message ?? "", /This API key does not work/);
  await end(visitor, id);
});

test("while the database does not answer, and for guests, a terminal stays", async () => {
  const { visitor, id } = await userWithTerminal();
  const guest = new Client();
  const guestRun = await start(guest);
  const opened = [open(visitor, id), open(guest, guestRun)];
  await Promise.all(opened.map(shown));
  const asked = mock.method(routes.store.accounts, "findSession", async () => {
    throw new AppError("store_unavailable", "It is away.");
  });
  await Promise.all(opened.map((each) => pings(each, 4)));
  asked.mock.restore();
  assert.ok(asked.mock.callCount() >= 2, "the one with a session was asked for, with each ping");
  for (const { socket } of opened) assert.equal(socket.readyState, socket.OPEN);
  await end(visitor, id);
  await end(guest, guestRun);
});
