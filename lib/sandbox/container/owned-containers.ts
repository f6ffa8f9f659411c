import { withTimeout } from "../../system/with-timeout";
import type { Profile } from "../cell";
import type { Engine } from "../engine";
import type { Instance } from "../instance";
import { labelsOf } from "../labels";
import { reap, removeInstance } from "../reaper";
import { Container, type ContainerSetup } from "./container";
import type { Runtime } from "./runtime";

const REMOVE_REST_MS = 2_000;

/** The living containers of this process on one engine, labelled so that they can be told from all others. */
export class OwnedContainers {
  readonly #engine: Engine;
  readonly #instance: Instance;
  readonly #runtime: Runtime;
  readonly #living = new Map<string, Container>();
  /** Those that could not be removed, because the engine was away. */
  readonly #left = new Set<Container>();

  constructor(engine: Engine, instance: Instance, runtime: Runtime) {
    this.#engine = engine;
    this.#instance = instance;
    this.#runtime = runtime;
  }

  /** `request` is another than that of a container for one run. */
  async create(profile: Profile, request?: ContainerSetup["request"]): Promise<Container> {
    const container = await this.#start(profile, request);
    this.#living.set(container.id, container);
    void this.#runtime.learnLimits(container);
    return container;
  }

  async #start(profile: Profile, request: ContainerSetup["request"]): Promise<Container> {
    const own = { labels: labelsOf(this.#instance), runtime: this.#runtime };
    const setup = request ? { ...own, request } : own;
    try {
      return await Container.create(this.#engine, profile, setup);
    } catch (cause) {
      if (!this.#runtime.learnFromFailure(cause)) throw cause;
      return Container.create(this.#engine, profile, setup);
    }
  }

  /** What an operator should know about the containers' runtime. */
  get notice(): string | null {
    return this.#runtime.notice;
  }

  async remove(container: Container): Promise<void> {
    const removed = await container.remove();
    this.#living.delete(container.id);
    if (!removed) this.#left.add(container);
  }

  /** Tries again to remove what could not be removed, to be called when the engine is back. */
  async removeLeft(): Promise<void> {
    const left = [...this.#left];
    this.#left.clear();
    await Promise.all(left.map((container) => this.remove(container)));
  }

  /** Also those that are not known here: of a creation or a removal whose answer was lost. */
  async removeAll(): Promise<void> {
    await Promise.all([...this.#living.values()].map((container) => this.remove(container)));
    const rest = removeInstance(this.#engine.docker, this.#instance).catch(() => {});
    // An engine that is away, or hangs, does not hold up our end: a later process removes them.
    await withTimeout(rest, REMOVE_REST_MS, () => {});
  }

  /** Removes containers of dead processes of this data directory and of failed removals; resolves with the number. */
  reap(): Promise<number> {
    return reap(this.#engine.docker, this.#instance, (id) => this.#living.has(id));
  }
}
