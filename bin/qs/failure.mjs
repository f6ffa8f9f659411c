// @ts-check
import { QuicksandError } from "../../lib/client/node/index.mjs";
import { explain, SetupProblem } from "../setup/problem.mjs";

/** The exit code when qs itself fails, as `docker run` has it: programs rarely use it. */
export const OWN_FAILURE = 125;

/** What went wrong and what to do, as text for a terminal. @param {unknown} error */
export function failureText(error) {
  if (!(error instanceof QuicksandError)) return explain(error);
  const details = error.details.length > 1 ? error.details.map(({ message }) => message) : [];
  const lines = [error.message, ...details.filter((message) => message !== error.message)];
  return explain(new SetupProblem(lines.join("\n  "), { remedy: remedyFor(error.code) }));
}

/** For messages that were written for every client, what to do with this one. @param {QuicksandError["code"]} code */
function remedyFor(code) {
  switch (code) {
    case "unreachable":
      return [
        "Is it running, and is this its address? qs login --server URL keeps another one,",
        "--server URL uses it once.",
      ];
    case "unexpected_answer":
      return ["qs login --server URL keeps another address."];
    case "unauthorized":
      return ["Log in with a key that works: qs login"];
    case "unknown_language":
      return ["qs languages lists what there is."];
    default:
      return [];
  }
}
