import type Docker from "dockerode";
import type { Instance } from "./instance";
import { INSTANCE_LABEL, OWNER_LABEL, PRODUCT_LABEL } from "./labels";

/**
 * Removes the containers of dead processes of this data directory, and those of this process that `isOurs` does not know
 * (their removal failed while the engine was away). All other containers are left alone. Resolves with the number removed.
 */
export async function reap(
  docker: Docker,
  instance: Instance,
  isOurs: (id: string) => boolean,
): Promise<number> {
  const containers = await listed(docker, [`${OWNER_LABEL}=${instance.owner}`]);
  let removed = 0;
  for (const { Id: id, Labels: labels, Created: createdS } of containers) {
    const other = labels[INSTANCE_LABEL] ?? "";
    const own = other === instance.instance;
    // One that is being created is not known yet.
    const fresh = Date.now() / 1000 - createdS < 60;
    if (own ? isOurs(id) || fresh : await instance.lives(other)) continue;
    await docker
      .getContainer(id)
      .remove({ force: true, v: true })
      .then(
        () => removed++,
        // Gone already, or the engine is away: then the next round removes it.
        () => {},
      );
  }
  return removed;
}

/** Removes every container of this process, for its end. */
export async function removeInstance(docker: Docker, { owner, instance }: Instance): Promise<void> {
  const left = await listed(docker, [`${OWNER_LABEL}=${owner}`, `${INSTANCE_LABEL}=${instance}`]);
  await Promise.allSettled(left.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
}

function listed(docker: Docker, labels: readonly string[]): Promise<Docker.ContainerInfo[]> {
  return docker.listContainers({ all: true, filters: { label: [`${PRODUCT_LABEL}=quicksand`, ...labels] } });
}
