import type { Base } from "./base";
import type { SharedPorts } from "./shared-ports";

/** Those on Redis; `null` for a single process, which needs none. */
export function openSharedPorts(_base: Base, _role: "web" | "worker"): SharedPorts | null {
  return null;
}
