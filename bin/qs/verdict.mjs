// @ts-check
import { OWN_FAILURE } from "./failure.mjs";

/** @import { RunResult } from "../../lib/client/node/types" */

/**
 * The exit code of qs for a run: the program's own if it has one, otherwise the shell convention for how it ended.
 * @param {Pick<RunResult, "status" | "output" | "compile">} run
 */
export function exitCodeOf({ status, output, compile }) {
  switch (status) {
    case "success":
      return 0;
    case "error":
      return output.exitCode || 1;
    case "compile_error":
      return compile?.exitCode || 1;
    // As `timeout` has it.
    case "timeout":
      return 124;
    // Killed, as the kernel does when memory is out.
    case "memory_limit":
      return 137;
    // As SIGXFSZ, for files that are too large.
    case "output_limit":
      return 153;
    // As after Ctrl-C.
    case "cancelled":
      return 130;
    default:
      return OWN_FAILURE;
  }
}
