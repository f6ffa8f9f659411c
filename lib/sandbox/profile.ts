import { argvOf, type Language } from "../languages";
import type { RunLimits } from "../schemas/run-limits";
import type { Profile } from "./cell";
import { SUPERVISOR_SHELL } from "./container/supervisor";
import type { Image } from "./images";
import { cpuSeconds } from "./steps";

/** What a run of a language needs of its cell. Known before there is a program. */
export function profileOf(language: Language, image: Image, { attended: _, ...limits }: RunLimits): Profile {
  const standby = standbyOf(language, limits, image.shell === SUPERVISOR_SHELL);
  return {
    image: image.id,
    shell: image.shell,
    env: language.env ?? {},
    limits,
    first: language.compile ? limits.compile : limits.run,
    standby,
    forks: standby.length > 0 && language.standbyForks === true,
  };
}

/** The standby's limit of processor time in seconds, and its command. */
function standbyOf({ standby }: Language, limits: Profile["limits"], ownImage: boolean): readonly string[] {
  if (!standby || !ownImage) return [];
  return [String(cpuSeconds(limits.run)), ...argvOf(standby, { limits: limits.run, ownImage })];
}
