import Docker from "dockerode";
import { AppError } from "../errors";
import { withTimeout } from "../system/with-timeout";
import { type EngineVariables, engineAddress } from "./engine-address.mjs";
import { isKnownHost } from "./known-hosts";

/** Longest wait for the daemon's sign of life; a viewer must hear of a dead one within 2 s. */
const PING_TIMEOUT_MS = 1_500;
/** Most runs are over before it is asked for; with the wait for the answer it stays below those 2 s. */
const WATCH_AFTER_MS = 250;
const RETRY_AFTER_S = 5;

/** What dockerode would take from its own reading of the environment where it is not named. */
const NOT_FROM_THE_ENVIRONMENT = {
  ...{ socketPath: undefined, protocol: undefined, host: undefined, port: undefined, username: undefined },
  ...{ ca: undefined, cert: undefined, key: undefined },
};

/** The engine that these variables name (`DOCKER_HOST` and its companions), or Docker's own default. Connects on first use. */
export function connectDocker(variables: EngineVariables = {}): Docker {
  const address = engineAddress(variables);
  if ("sshOptions" in address) {
    const { host, port, sshOptions } = address;
    const hostVerifier = (key: Buffer, verify: (known: boolean) => void) =>
      void isKnownHost(host, port, key).then(verify);
    return dockerAt({ ...address, sshOptions: { ...sshOptions, hostVerifier } });
  }
  return dockerAt(address);
}

function dockerAt(options: object): Docker {
  return new Docker({ ...NOT_FROM_THE_ENVIRONMENT, ...options } as Docker.DockerOptions);
}

/** Resolves with the engine's version when it answers in time; throws `docker_unavailable` when it does not. */
export async function ping(docker: Docker): Promise<string> {
  // The declared types lack the options that `version` takes.
  const version = docker.version.bind(docker) as (options: {
    abortSignal: AbortSignal;
  }) => Promise<Docker.DockerVersion>;
  try {
    const answer = await version({ abortSignal: AbortSignal.timeout(PING_TIMEOUT_MS) });
    return answer.Version;
  } catch (cause) {
    throw dockerError(cause);
  }
}

/**
 * Makes a container. Left to itself dockerode sends its options twice, as the body and, escaped, as the query: 40 KB of system
 * call names that the engine has to read for each sandbox.
 */
export function createContainer(
  docker: Docker,
  options: Docker.ContainerCreateOptions,
): Promise<Docker.Container> {
  const once: Docker.ContainerCreateOptions & { _query: object; _body: object } = {
    _query: {},
    _body: options,
  };
  return docker.createContainer(once);
}

/** A look at the engine while something waits for it: an engine that hangs closes no connection and answers nothing. */
export interface EngineWatch {
  /** Rejects with `docker_unavailable` when the engine, silent for a moment, is asked and does not answer; else never settles. */
  readonly lost: Promise<never>;
  end(): void;
}

/** Looks at one engine for all who wait for it. Each asks for itself, so that one question that is lost fails one run. */
export class EngineWatcher {
  readonly #docker: Docker;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  /** To be told when the engine has done something: while it does, nobody need ask it. */
  answered(): void {
    this.#answeredAt = performance.now();
  }

  watch(): EngineWatch {
    let timer: NodeJS.Timeout | undefined;
    const lost = new Promise<never>((_, reject) => {
      const look = () => {
        const silentMs = performance.now() - this.#answeredAt;
        if (silentMs < WATCH_AFTER_MS) timer = setTimeout(look, WATCH_AFTER_MS - silentMs);
        else this.#ask().catch((cause: unknown) => reject(dockerError(cause)));
      };
      timer = setTimeout(look, WATCH_AFTER_MS);
    });
    // Whoever awaits it hears of it; nobody may.
    lost.catch(() => {});
    return { lost, end: () => clearTimeout(timer) };
  }

  async #ask(): Promise<void> {
    // The declared type lacks the options, as with `version`.
    const ask = this.#docker.ping.bind(this.#docker) as (options: {
      abortSignal: AbortSignal;
    }) => Promise<unknown>;
    await ask({ abortSignal: AbortSignal.timeout(PING_TIMEOUT_MS) });
  }
}

/** The engine's answer, or `docker_unavailable` when it does not come in time. */
export function inTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  return withTimeout(answer, timeoutMs, () => {
    throw dockerError(new DOMException("The engine did not answer.", "TimeoutError"));
  });
}

/** Our error for whatever the engine, or the way to it, said. */
export function dockerError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (/no space left on device|disk quota exceeded/i.test(text)) {
    return unavailable(
      "Docker's disk is full: free some space (`docker system prune`), then try again.",
      cause,
    );
  }
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === "EACCES" || code === "EPERM") {
    return unavailable(
      "Docker refuses this user: add it to the `docker` group, or start Quicksand as a user who may use Docker.",
      cause,
    );
  }
  if (isUnreachable(cause)) {
    return unavailable(
      "Docker is not running: start Docker Desktop, or `sudo systemctl start docker` on Linux. Runs work again as soon as it is up.",
      cause,
    );
  }
  return unavailable(
    "Docker could not make a sandbox. Try again; if it stays so, see the server's log.",
    cause,
  );
}

/** Whether the engine itself was not there, as against an answer of its that we did not like. */
export function isUnreachable(cause: unknown): boolean {
  if (statusCode(cause) !== undefined) return false;
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  const name = cause instanceof Error ? cause.name : "";
  return (
    [
      "ECONNREFUSED",
      "ENOENT",
      "ECONNRESET",
      "EPIPE",
      "ETIMEDOUT",
      "EHOSTUNREACH",
      "ENOTFOUND",
      "ABORT_ERR",
    ].includes(code ?? "") ||
    name === "AbortError" ||
    name === "TimeoutError"
  );
}

/** The HTTP status of an answer of Docker's API, when the failure was one. */
export function statusCode(cause: unknown): number | undefined {
  const status = (cause as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === "number" ? status : undefined;
}

function unavailable(message: string, cause: unknown): AppError {
  return new AppError("docker_unavailable", message, { cause, retryAfterS: RETRY_AFTER_S });
}
