import type { Profile } from "../cell";
import type { Engine } from "../engine";
import type { Instance } from "../instance";
import { labelsOf } from "../labels";
import { reap } from "../reaper";
import { Container, type ContainerSetup } from "./container";
import type { Runtime } from "./runtime";

/** The living containers of this process on one engine, labelled so that they can be told from all others. */
export class OwnedContainers {
  readonly #engine: Engine;
  readonly #instance: Instance;
  readonly #runtime: Runtime;
  readonly #living = new Map<string, Container>();

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
    await container.remove();
    this.#living.delete(container.id);
  }

  async removeAll(): Promise<void> {
    await Promise.all([...this.#living.values()].map((container) => this.remove(container)));
  }

  /** Removes containers of dead processes of this data directory and of failed removals; resolves with the number. */
  reap(): Promise<number> {
    return reap(this.#engine.docker, this.#instance, (id) => this.#living.has(id));
  }
}
