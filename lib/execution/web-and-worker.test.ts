import { openMemoryQueue } from "../queue/memory";
import { MemoryFleet } from "../queue/testing/memory-fleet";
import { webAndWorkerSuite } from "./testing/web-and-worker";

webAndWorkerSuite("ports in memory", async () => {
  const fleet = new MemoryFleet();
  const ports = openMemoryQueue({ limit: 10 });
  // One queue for all of them: the first that closes it would close it for the others.
  const queue = { ...ports.queue };
  return {
    openPorts: async () => ({ ...ports, queue, fleet, close: async () => {} }),
    fleet,
    close: async () => {},
  };
});
