import { type Language, limitsOf } from "../languages";
import type { Plans } from "../plans";
import type { RunJob } from "../queue";
import type { RunLimits } from "../schemas/run-limits";

/**
 * A job of another process, held to these plans: no limit of its run is above its plan's for the language, and no less room is left to what is
 * stored. The very job where it already is.
 */
export function heldTo(plans: Plans, job: RunJob, language: Pick<Language, "limits">): RunJob {
  const plan = plans[job.room.plan];
  const most = limitsOf(plan.limits, language, job.mode);
  const limits = within(job.limits, most);
  const sandboxLimits = within(job.sandboxLimits, most);
  const ownerBytes = Math.max(job.room.ownerBytes, plan.storedBytes);
  const planBytes = Math.max(job.room.planBytes, plan.storedBytesInAll);
  const isHeld =
    limits === job.limits &&
    sandboxLimits === job.sandboxLimits &&
    ownerBytes === job.room.ownerBytes &&
    planBytes === job.room.planBytes;
  if (isHeld) return job;
  return { ...job, limits, sandboxLimits, room: { ...job.room, ownerBytes, planBytes } };
}

/** The same limits, or of each the lesser. */
function within(limits: RunLimits, most: RunLimits): RunLimits {
  const held: RunLimits = {
    ...limits,
    compile: lesser(limits.compile, most.compile, ["memoryBytes", "cpus", "timeoutMs"]),
    run: lesser(limits.run, most.run, ["memoryBytes", "cpus", "timeoutMs"]),
    ...lesser(limits, most, ["processes", "openFiles", "tmpfsBytes", "outputBytes"]),
    attended:
      limits.attended && most.attended
        ? lesser(limits.attended, most.attended, ["totalMs", "idleMs"])
        : limits.attended,
  };
  return JSON.stringify(held) === JSON.stringify(limits) ? limits : held;
}

function lesser<Name extends string, Limits extends Record<Name, number>>(
  some: Limits,
  most: Limits,
  names: readonly Name[],
): Record<Name, number> {
  const each = names.map((name) => [name, Math.min(some[name], most[name])]);
  return Object.fromEntries(each);
}
