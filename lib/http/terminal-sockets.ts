import { endpoints } from "../schemas/endpoints";
import { MAX_TERMINAL_MESSAGE_BYTES } from "../schemas/limits";
import { admit } from "./route";
import { Counts, type ReadySession, type SocketKind } from "./socket-door";
import { TerminalSession } from "./terminal-session";

/** Windows that show one terminal. */
const PER_RUN = 10;

/** How long a run goes on that nobody has before them: longer than a page takes to load again. */
const HANG_UP_MS = 60_000;

/** The terminals of runs. */
export function terminalSockets({
  hangUpMs = HANG_UP_MS,
  pingEveryMs,
}: {
  hangUpMs?: number;
  pingEveryMs?: number;
} = {}): SocketKind {
  const places = new Counts(PER_RUN, `This terminal is open in ${PER_RUN} places`);
  return {
    path: /^\/api\/runs\/([\w-]{1,64})\/terminal$/,
    noun: "terminal",
    maxMessageBytes: MAX_TERMINAL_MESSAGE_BYTES,
    rights: endpoints.terminal,

    async admit({ request, requestId, services, params: [id = ""] }) {
      const admitted = await admit(endpoints.terminal, { request, requestId, services, params: { id } });
      const { viewer, identity, query, onError } = admitted.call;
      const open = async (): Promise<ReadySession> => {
        const free = places.enter(id);
        const terminal = await services.runs.terminal(viewer, id, { lingerMs: hangUpMs }).catch((error) => {
          free();
          throw error;
        });
        return {
          serve(socket, refusal) {
            const session = new TerminalSession(socket, terminal, {
              ...{ from: query.from, onError, refusal },
              ...(pingEveryMs !== undefined && { pingEveryMs }),
            });
            void session.serve();
            return session;
          },
          leave() {
            free();
            void terminal.events.return?.();
          },
        };
      };
      return { identity, open };
    },
  };
}
