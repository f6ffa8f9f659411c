import { AppError } from "../../errors";
import type { Fleet, FleetAnswer, FleetCall, WorkerNotice } from "../fleet";

type Handle = Parameters<Fleet["serve"]>[0];

/** A fleet within one process, for tests of what stands on both ends of the port. Notices last until they are withdrawn. */
export class MemoryFleet implements Fleet {
  readonly calls: FleetCall[] = [];
  readonly #notices = new Map<string, WorkerNotice>();
  #handle: Handle | undefined;

  async announce(notice: WorkerNotice): Promise<void> {
    this.#notices.set(notice.id, JSON.parse(JSON.stringify(notice)));
  }

  async withdraw(id: string): Promise<void> {
    this.#notices.delete(id);
  }

  serve(handle: Handle): void {
    this.#handle = handle;
  }

  workers(): readonly WorkerNotice[] {
    return [...this.#notices.values()];
  }

  async call(call: FleetCall, { signal }: { timeoutMs: number; signal?: AbortSignal }): Promise<FleetAnswer> {
    const sent: FleetCall = JSON.parse(JSON.stringify(call));
    this.calls.push(sent);
    if (!this.#handle) throw new AppError("docker_unavailable", "No worker is there.");
    const answer = await this.#handle(sent, signal ?? new AbortController().signal);
    return JSON.parse(JSON.stringify(answer));
  }
}
