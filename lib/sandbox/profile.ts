import { argvOf, type Language } from "../languages";
import type { RunLimits } from "../schemas/limits";
import type { Profile } from "./cell";
import { SUPERVISOR_SHELL } from "./container/supervisor";
import type { Image } from "./images";
import { cpuSeconds } from "./stage-limits";

/** What a run of a language needs of its cell before there is a program. */
export function profileOf(language: Language, image: Image, { attended: _, ...limits }: RunLimits): Profile {
  return {
    image: image.id,
    shell: image.shell,
    env: language.env ?? {},
    limits,
    first: language.compile ? limits.compile : limits.run,
    standby: standbyOf(language, limits, image.shell === SUPERVISOR_SHELL),
  };
}

/** For the program that stands by: how much processor time it may use, and its command. */
function standbyOf({ standby }: Language, limits: Profile["limits"], ownImage: boolean): readonly string[] {
  if (!standby || !ownImage) return [];
  return [String(cpuSeconds(limits.run)), ...argvOf(standby, { limits: limits.run, ownImage })];
}
