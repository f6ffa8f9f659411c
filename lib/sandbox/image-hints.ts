import type { Language } from "../languages";
import type { Progress } from "./sandbox";

/** A run bounds by its places how many images are made at once; a hint has no place, so this bounds those of hints. */
const AT_ONCE = 2;
/** What could not be made is not tried again at every hint. A run tries at once, and is told why not. */
const RETRY_MS = 5 * 60_000;

export interface ImageHintsOptions {
  /** Makes sure that the image is there; several at once, runs among them, share the work. */
  prepare: (language: Language) => Promise<void>;
  onFailure: (language: Language, cause: unknown) => void;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/** Makes images before a run asks for them, since somebody has picked their language: in turn, and each once. */
export class ImageHints {
  readonly #options: ImageHintsOptions;
  readonly #waiting = new Map<string, Language>();
  readonly #making = new Set<string>();
  readonly #failedAt = new Map<string, number>();
  #closed = false;

  constructor(options: ImageHintsOptions) {
    this.#options = options;
  }

  /** Takes note of a language whose image is not known to be there. Returns at once and never throws. */
  begin(language: Language): void {
    const { id } = language;
    const failedAt = this.#failedAt.get(id);
    if (this.#closed || this.#making.has(id)) return;
    if (failedAt !== undefined && this.#now() - failedAt < RETRY_MS) return;
    this.#waiting.set(id, language);
    this.#next();
  }

  /** What to say of a language while nothing is known of its image's own progress; `null` where none was asked for. */
  progress({ id, name }: Language): Progress | null {
    if (this.#making.has(id)) return { message: `Preparing ${name}` };
    return this.#waiting.has(id) ? { message: "Waiting for the images of other languages" } : null;
  }

  /** No more are begun. Those that are being made go on, as they do when a run leaves. */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
  }

  #next(): void {
    while (this.#making.size < AT_ONCE) {
      const [language] = this.#waiting.values();
      if (!language) return;
      this.#waiting.delete(language.id);
      this.#making.add(language.id);
      void this.#make(language);
    }
  }

  async #make(language: Language): Promise<void> {
    try {
      await this.#options.prepare(language);
      this.#failedAt.delete(language.id);
    } catch (cause) {
      this.#failedAt.set(language.id, this.#now());
      this.#options.onFailure(language, cause);
    } finally {
      this.#making.delete(language.id);
      this.#next();
    }
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }
}
