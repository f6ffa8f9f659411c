import Docker from "dockerode";
import { AppError } from "../errors";
import { type EngineVariables, engineAddress } from "./engine-address.mjs";
import { sshAgent } from "./ssh-connection.mjs";

const RETRY_AFTER_S = 5;

/** What dockerode would take from its own reading of the environment where it is not named. */
const NOT_FROM_THE_ENVIRONMENT = {
  ...{ socketPath: undefined, protocol: undefined, host: undefined, port: undefined, username: undefined },
  ...{ ca: undefined, cert: undefined, key: undefined },
};

/** The engine that these variables name (`DOCKER_HOST` and its companions), or Docker's own default. Connects on first use. */
export function connectDocker(variables: EngineVariables = {}): Docker {
  const address = engineAddress(variables);
  if ("protocol" in address && address.protocol === "ssh") {
    // To dockerode it is plain HTTP, whose connections come from elsewhere.
    return dockerAt({ protocol: "http", host: address.host, port: 80, agent: sshAgent(address) });
  }
  return dockerAt(address);
}

function dockerAt(options: object): Docker {
  return new Docker({ ...NOT_FROM_THE_ENVIRONMENT, ...options } as Docker.DockerOptions);
}

/** The engine's version. */
export function engineVersion(docker: Docker, abortSignal: AbortSignal): Promise<Docker.DockerVersion> {
  // The declared types of this method and of `ping` lack the options that they take.
  const version = docker.version.bind(docker) as (options: object) => Promise<Docker.DockerVersion>;
  return version({ abortSignal });
}

/** What the engine says of itself and its machine. */
export function engineInfo(
  docker: Docker,
  abortSignal: AbortSignal,
): Promise<{ Architecture: string; NCPU: number; SecurityOptions: string[] | null }> {
  const info = docker.info.bind(docker) as (options: object) => ReturnType<typeof engineInfo>;
  return info({ abortSignal });
}

/** The cheapest question there is. */
export async function pingEngine(docker: Docker, abortSignal: AbortSignal): Promise<void> {
  const ping = docker.ping.bind(docker) as (options: object) => Promise<unknown>;
  await ping({ abortSignal });
}

/**
 * Creates a container. By default dockerode sends its options twice, as the body and, escaped, as the query: 40 KB of system
 * call names that the engine would parse for each sandbox.
 */
export function createContainer(
  docker: Docker,
  options: Docker.ContainerCreateOptions,
  abortSignal?: AbortSignal,
): Promise<Docker.Container> {
  const once: Docker.ContainerCreateOptions & { _query: object; _body: object } = {
    _query: {},
    _body: options,
  };
  return docker.createContainer(abortSignal ? { ...once, abortSignal } : once);
}

/** The engine did not answer in time. It may still do what it was asked for. */
export class EngineSilent extends Error {
  override readonly name = "EngineSilent";

  constructor(readonly timeoutMs: number) {
    super(`The engine did not answer within ${Math.round(timeoutMs)} ms.`);
  }
}

/** Our error for whatever the engine, or the connection to it, answered. */
export function dockerError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (/no space left on device|disk quota exceeded/i.test(text)) {
    return unavailable(
      "Docker's disk is full: free some space (`docker system prune`), then try again.",
      cause,
    );
  }
  if (["EACCES", "EPERM"].includes(codeOf(cause))) {
    return unavailable(
      "Docker refuses this user: add it to the `docker` group, or start Quicksand as a user who may use Docker.",
      cause,
    );
  }
  const [, runtime] = /unknown.* runtime.* ([\w.-]+)/i.exec(text) ?? [];
  if (runtime) {
    return unavailable(
      `Docker knows no runtime ${runtime}, which QUICKSAND_RUNTIME names: add it to \`runtimes\` in Docker's daemon.json and restart Docker, or unset the variable.`,
      cause,
    );
  }
  if (isTimeout(cause)) {
    return unavailable(
      "Docker does not answer in time: its machine is overloaded, or it hangs. Try again in a moment; if it stays so, restart Docker.",
      cause,
    );
  }
  if (isOfCertificates(codeOf(cause))) {
    return unavailable(
      "Docker's engine and this server do not accept each other's certificates: check ca.pem, cert.pem and key.pem in DOCKER_CERT_PATH.",
      cause,
    );
  }
  if (codeOf(cause) === "ESSH") {
    return unavailable(
      `Docker's machine cannot be entered by SSH (${text}): see that \`ssh -o BatchMode=yes\` to it works for the user whom Quicksand runs as.`,
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

/** OpenSSL's alerts of the other side, and its own reasons against the other side's certificate. */
function isOfCertificates(code: string): boolean {
  return /^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code);
}

/** Whether the engine gave no answer at all, as opposed to one that we did not expect. */
export function isUnreachable(cause: unknown): boolean {
  if (statusCode(cause) !== undefined) return false;
  return isTimeout(cause) || CONNECTION_FAILURES.has(codeOf(cause));
}

const CONNECTION_FAILURES = new Set([
  "ECONNREFUSED",
  "ENOENT",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "ESSH",
]);

/** Whether we stopped waiting for an engine that had not refused us. */
export function isTimeout(cause: unknown): boolean {
  if (cause instanceof EngineSilent) return true;
  const name = cause instanceof Error ? cause.name : "";
  return codeOf(cause) === "ABORT_ERR" || name === "AbortError" || name === "TimeoutError";
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException | null)?.code ?? "";
}

/** The HTTP status of an answer of Docker's API, when the failure was one. */
export function statusCode(cause: unknown): number | undefined {
  const status = (cause as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === "number" ? status : undefined;
}

function unavailable(message: string, cause: unknown): AppError {
  return new AppError("docker_unavailable", message, { cause, retryAfterS: RETRY_AFTER_S });
}
