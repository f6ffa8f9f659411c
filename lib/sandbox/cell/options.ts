import type { ContainerCreateOptions } from "dockerode";
import type { Profile } from "../cell";
import { createOptions, type Identity, TMPFS_INODES } from "../container/limits";
import { CELL_PROFILE } from "./apparmor.mjs";
import { forkingLauncher } from "./forking-launcher";
import { type Architecture, LAUNCHER_PROCESSES, launcherOf } from "./launcher";
import { cellProfile, secondFilter } from "./second-filter";

/** A place that is only there to be mounted on, by the launcher in a run's namespaces. */
const MOUNT_POINT = "ro,noexec,nosuid,nodev,size=4096,nr_inodes=2,mode=0555";

/** Where an interpreter that forks keeps what its libraries write when they are imported. No program sees it: each has a `/tmp` of its own. */
const INTERPRETER_TMP = "rw,noexec,nosuid,nodev,size=1048576,nr_inodes=64,mode=1777";

/**
 * The whole request to Docker that creates a cell's container: one run's, but for what the launcher needs to build the same walls once more
 * inside for each run (ADR 85). What a program must not have, the launcher takes away again before it starts the supervisor.
 */
export function cellOptions(
  profile: Profile,
  identity: Identity,
  { architecture, appArmor }: { architecture: Architecture; appArmor: boolean },
): ContainerCreateOptions {
  const single = createOptions(profile, identity);
  const { limits } = profile;
  const [shell = "", , script = ""] = single.Entrypoint ?? [];
  const [name = "", userId = "", ...standby] = single.Cmd ?? [];
  const settings = {
    architecture,
    filter: secondFilter(architecture),
    tmpfsBytes: limits.tmpfsBytes,
    tmpfsInodes: TMPFS_INODES,
  };
  const { entrypoint, argv } = profile.forks
    ? forkingLauncher(profile, identity.userId, settings)
    : launcherOf(
        {
          ...{ shell, script, args: [name, userId, ...standby] },
          // Only the script starts standbys, and an operator's image keeps the script's own `$0`.
          serves: standby.length === 0 && identity.foreignImage !== true,
        },
        settings,
      );
  return {
    ...single,
    Entrypoint: [...entrypoint],
    Cmd: [...argv],
    ...(profile.forks && { WorkingDir: "/tmp/work" }),
    HostConfig: {
      ...single.HostConfig,
      // Ours, and the calls that make namespaces.
      SecurityOpt: [
        "no-new-privileges",
        `seccomp=${JSON.stringify(cellProfile)}`,
        // Docker's own profile refuses to mount.
        ...(appArmor ? [`apparmor=${CELL_PROFILE}`] : []),
      ],
      PidsLimit: limits.processes + LAUNCHER_PROCESSES,
      // Nothing to write to: each run has places of its own.
      Tmpfs: {
        ...{ "/dev/shm": MOUNT_POINT, "/dev/mqueue": MOUNT_POINT },
        ...(profile.forks && { "/tmp": INTERPRETER_TMP }),
      },
      // Where parts of /proc are covered the kernel refuses a new one. The launcher covers them in each run's.
      MaskedPaths: single.HostConfig?.MaskedPaths?.filter((path) => !path.startsWith("/proc/")) ?? [],
      ReadonlyPaths: [],
      // Of all processes of a cell the launcher is the last that the kernel ends for memory; those of runs raise theirs.
      OomScoreAdj: 0,
    },
  };
}
