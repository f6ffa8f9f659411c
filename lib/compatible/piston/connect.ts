import { refusalOf } from "../../http/compatible-door";
import { toAppError } from "../../http/error-response";
import { enter } from "../../http/route";
import { SocketConnection } from "../../http/socket-connection";
import type { ReadySession, SocketKind } from "../../http/socket-door";
import { pistonDoor } from "./door";
import { jobOf } from "./job";
import { runtimesOf } from "./runtimes";
import { PistonSession, type SessionRuns } from "./session";

/** A first message holds a whole program. */
const MAX_MESSAGE_BYTES = 2 * 1_048_576;

const RIGHTS = { access: "viewer", scope: "run" } as const;

/** `WS /api/v2/connect`. */
export function pistonSockets({ pingEveryMs }: { pingEveryMs?: number } = {}): SocketKind {
  return {
    path: /^\/api\/v2\/(?:piston\/)?connect$/,
    noun: "session",
    maxMessageBytes: MAX_MESSAGE_BYTES,
    rights: RIGHTS,
    refusal: (error) => refusalOf(pistonDoor, error),

    async admit({ request, requestId, services }) {
      const { identity } = await enter({ ...RIGHTS, method: "GET", upgrades: true }, { request, services });
      // Only a public address identifies nobody.
      if (!identity) throw new Error("nobody was identified");
      const { viewer } = identity;
      const { runs: all, status, env } = services;
      const planLimits = env.plans[viewer.plan].limits;
      const runs: SessionRuns = {
        understand: (frame) =>
          jobOf(frame, { runtimes: runtimesOf(status.languages()), planLimits, mode: "interactive" }),
        submit: ({ request: run }, signal) => all.submit(viewer, run, { signal, signals: true }),
        input: (id, input) => all.input(viewer, id, input),
        signal: (id, signal) => all.signal(viewer, id, signal),
        onError: (error) => toAppError(error, requestId, services.log),
      };
      const open = async (): Promise<ReadySession> => ({
        serve(socket, refusal) {
          const connection = new SocketConnection(socket, {
            ...{ refusal, pingEveryMs },
            onRefused: (refused) => session.fail(refused),
          });
          const session = new PistonSession(connection, runs);
          return session;
        },
      });
      return { identity, open };
    },
  };
}
