import * as z from "zod";
import type { Env } from "../../lib/env";
import { engineAddress } from "../../lib/sandbox/engine-address.mjs";
import { connectDocker } from "../../lib/sandbox/images";
import { hasAppArmor } from "../setup/cell-profile.mjs";
import { missingLimits, ping } from "../setup/docker.mjs";
import type { EngineFacts } from "./facts";

export type EngineVariables = Env["engine"];

/**
 * The variables for the first of these hosts where an engine answers within `limitMs`, as `npm start` chooses it. If none answers, the variables are
 * returned unchanged, so that the next call fails with the reason for the configured or default host.
 */
export async function answeringEngine(
  variables: EngineVariables,
  hosts: readonly string[],
  limitMs: number,
): Promise<EngineVariables> {
  if (variables.DOCKER_HOST !== undefined) return variables;
  const asked = hosts.map((host) =>
    ping(host, limitMs, variables).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  for (const [index, answers] of asked.entries())
    if (await answers) return { ...variables, DOCKER_HOST: hosts[index] };
  return variables;
}

const infoSchema = z.looseObject({
  Driver: z.string(),
  CgroupVersion: z.string().default("1"),
  LiveRestoreEnabled: z.boolean().default(false),
  DockerRootDir: z.string(),
  Runtimes: z.record(z.string(), z.unknown()).default({}),
  SecurityOptions: z.array(z.string()).nullable().default([]),
  SystemTime: z.string(),
});
const versionSchema = z.looseObject({ Version: z.string(), ApiVersion: z.string() });

/** What the engine says of itself. Rejects where it does not answer. */
export async function engineOf(engine: EngineVariables): Promise<EngineFacts> {
  const docker = connectDocker(engine);
  const version = versionSchema.parse(await docker.version());
  const info = infoSchema.parse(await docker.info());
  const now = Date.now();
  const options = info.SecurityOptions ?? [];
  return {
    ...{ version: version.Version, apiVersion: Number(version.ApiVersion), storageDriver: info.Driver },
    ...{
      cgroupVersion: info.CgroupVersion,
      liveRestore: info.LiveRestoreEnabled,
      rootFolder: info.DockerRootDir,
    },
    ...{ runtimes: Object.keys(info.Runtimes), appArmor: hasAppArmor({ SecurityOptions: options }) },
    rootless: options.some((option) => option.includes("rootless")),
    missingLimits: missingLimits(info),
    local: "socketPath" in engineAddress(engine),
    clockAheadMs: new Date(info.SystemTime).getTime() - now,
  };
}
