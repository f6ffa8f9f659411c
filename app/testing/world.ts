import { nanoid } from "nanoid";
import { newApiKey } from "../../lib/auth/keys";
import { newSession } from "../../lib/auth/sessions";
import type { KeyScope } from "../../lib/schemas/account";
import type { ProgramSummary } from "../../lib/schemas/program";
import type { RunResult } from "../../lib/schemas/run";
import type { ApiKey, Session, User } from "../../lib/store/accounts";
import type { Routes } from "./routes";
import { Visitor } from "./site";

/** Somebody who makes requests, with what they own. */
export interface Actor {
  visitor: Visitor;
  /** `null` without an account. */
  user: User | null;
  run: string;
  program: string;
  /** The id of an API key. */
  key: string;
}

const NONE = "none-there-is-none-0000";

/** A signed-in user, without the cost of hashing a password. */
export async function signedIn(
  { services, store }: Routes,
  visitor: Visitor,
  rest: Partial<User> = {},
  restOfSession: Partial<Session> = {},
): Promise<User> {
  const id = `user_${nanoid()}`;
  const user: User = {
    id,
    email: `${id.toLowerCase()}@example.org`,
    emailProvenAt: null,
    name: "Somebody",
    passwordHash: null,
    identities: [],
    plan: "free",
    madeFrom: null,
    admin: false,
    suspendedAt: null,
    waiting: false,
    preferences: {},
    twoFactorSince: null,
    createdAt: new Date(),
    lastSeenAt: null,
    ...rest,
  };
  await store.accounts.createUser(user);
  const { token, id: session } = newSession();
  const now = Date.now();
  const [createdAt, expiresAt] = [new Date(now), new Date(now + 3_600_000)];
  await store.accounts.createSession({
    ...{ id: session, user: id, createdAt, expiresAt },
    ...{ browser: "", network: "", lastSeenAt: createdAt, confirmedAt: createdAt },
    ...restOfSession,
  });
  visitor.cookie = (await services.auth.sessions.cookieFor(token)).split(";")[0] ?? "";
  return user;
}

/** A new API key of a user, and the header it is sent in. */
export async function keyOf(
  { store }: Routes,
  user: User,
  scopes: readonly KeyScope[],
  ceilings: Partial<Pick<ApiKey, "requestsPerMinute" | "runsPerDay">> = {},
) {
  const { key, hash, hint } = newApiKey();
  const id = nanoid();
  const kept = { id, owner: user.id, name: "a key", hash, hint, scopes, createdAt: new Date() };
  const none = { lastUsedAt: null, expiresAt: null, requestsPerMinute: null, runsPerDay: null };
  await store.accounts.createKey({ ...kept, ...none, ...ceilings }, 100);
  return { id, headers: { authorization: `Bearer ${key}` } };
}

/** One actor of every kind, each with a run, and a shared run of user A. */
export async function makeWorld(routes: Routes, headers: Record<string, string> = {}) {
  const visitor = (own: Record<string, string> = {}) => new Visitor(routes, { ...headers, ...own });
  const newRun = async (of: Visitor) => {
    const body = { language: "python", code: "print(1)" };
    return (await of.json<RunResult>("POST", "/api/editor/run", body)).id;
  };
  const newProgram = async (of: Visitor) => {
    const body = { language: "python", code: "print(1)" };
    return (await of.json<ProgramSummary>("POST", "/api/programs", body)).id;
  };
  const person = async (rest: Partial<User>): Promise<Actor & { user: User }> => {
    const own = visitor();
    const user = await signedIn(routes, own, rest);
    return {
      ...{ visitor: own, user, run: await newRun(own), program: await newProgram(own) },
      key: (await keyOf(routes, user, ["read"])).id,
    };
  };

  const guest = visitor();
  const userA = await person({});
  const sharedRun = await newRun(userA.visitor);
  await userA.visitor.json("PATCH", `/api/runs/${sharedRun}`, { visibility: "unlisted" });
  const byKey = async (scopes: readonly KeyScope[]): Promise<Actor> => {
    const { headers: own } = await keyOf(routes, userA.user, scopes);
    return { ...userA, visitor: visitor(own) };
  };
  const revoked = await keyOf(routes, userA.user, ["run", "read"]);
  await routes.store.accounts.deleteKey(revoked.id, userA.user.id);

  const actors = {
    nobody: { visitor: visitor(), user: null, run: NONE, program: NONE, key: NONE },
    guest: {
      ...{
        visitor: guest,
        user: null,
        run: await newRun(guest),
        program: await newProgram(guest),
        key: NONE,
      },
    },
    userA,
    userB: await person({}),
    admin: await person({ admin: true }),
    runKeyOfA: await byKey(["run"]),
    readKeyOfA: await byKey(["read"]),
    revokedKeyOfA: { visitor: visitor(revoked.headers), user: null, run: NONE, program: NONE, key: NONE },
  } satisfies Record<string, Actor>;
  return { actors, sharedRun, absent: NONE };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;
export type ActorName = keyof World["actors"];
