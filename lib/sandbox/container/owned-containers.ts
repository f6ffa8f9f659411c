import type { Profile } from "../cell";
import type { Engine } from "../engine";
import type { Instance } from "../instance";
import { labelsOf } from "../labels";
import { reap } from "../reaper";
import { Container } from "./container";

/** The living containers of this process on one engine, under labels that tell them from everybody else's. */
export class OwnedContainers {
  readonly #engine: Engine;
  readonly #instance: Instance;
  readonly #runtime: string | undefined;
  readonly #living = new Map<string, Container>();

  constructor(engine: Engine, instance: Instance, runtime: string | undefined) {
    this.#engine = engine;
    this.#instance = instance;
    this.#runtime = runtime;
  }

  async create(profile: Profile): Promise<Container> {
    const setup = { labels: labelsOf(this.#instance), runtime: this.#runtime };
    const container = await Container.create(this.#engine, profile, setup);
    this.#living.set(container.id, container);
    return container;
  }

  async remove(container: Container): Promise<void> {
    await container.remove();
    this.#living.delete(container.id);
  }

  async removeAll(): Promise<void> {
    await Promise.all([...this.#living.values()].map((container) => this.remove(container)));
  }

  /** Removes what dead processes of this data directory, and failed removals of our own, have left; resolves with how many. */
  reap(): Promise<number> {
    return reap(this.#engine.docker, this.#instance, (id) => this.#living.has(id));
  }
}
