import { AppError } from "../../errors";
import { withTimeout } from "../../system/with-timeout";
import type { Fleet, FleetAnswer, FleetCall, LanguageCall, WorkerNotice, WorkerQuestion } from "../fleet";

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

  async call(
    call: LanguageCall,
    { signal }: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<FleetAnswer> {
    return this.#answer(call, signal);
  }

  async askEach(
    question: WorkerQuestion,
    { timeoutMs }: { timeoutMs: number },
  ): Promise<ReadonlyMap<string, FleetAnswer>> {
    const answers = await Promise.all(
      [...this.#notices.keys()].map(async (id): Promise<[string, FleetAnswer][]> => {
        const asked = this.#answer(question, undefined).catch(() => null);
        const answer = await withTimeout(asked, timeoutMs, () => null);
        return answer ? [[id, answer]] : [];
      }),
    );
    return new Map(answers.flat());
  }

  async #answer(call: FleetCall, signal: AbortSignal | undefined): Promise<FleetAnswer> {
    const sent: FleetCall = JSON.parse(JSON.stringify(call));
    this.calls.push(sent);
    if (!this.#handle) throw new AppError("docker_unavailable", "No worker is there.");
    const answer = await this.#handle(sent, signal ?? new AbortController().signal);
    return JSON.parse(JSON.stringify(answer));
  }
}
