// @ts-check
import { OWN_FAILURE } from "./failure.mjs";

/** @import { RunResult } from "../../lib/client/node/types" */

/**
 * What a shell is told of a run: the program's own code where it has one, else what a shell would say of such an end.
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
