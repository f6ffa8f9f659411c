/**
 * Where the Docker engine is, as its variables say: `DOCKER_HOST`, `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH` mean here what they mean to
 * the `docker` command. Plain JavaScript without packages, so that the set-up, which runs before they are installed, and the server read
 * them by the same function.
 *
 * dockerode's own parser reads the same forms, but only from `process.env`, takes `https://` for plain HTTP and knows no default port.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * @typedef {object} EngineVariables
 * @property {string | undefined} [DOCKER_HOST]
 * @property {string | undefined} [DOCKER_TLS_VERIFY] anything but empty: `tcp://` is TLS
 * @property {string | undefined} [DOCKER_CERT_PATH] folder of `ca.pem`, `cert.pem` and `key.pem`; `~/.docker` if not set
 */

/**
 * @typedef {{ socketPath: string }} SocketAddress
 * @typedef {{ protocol: "http" | "https", host: string, port: number, ca?: Buffer, cert?: Buffer, key?: Buffer }} HttpAddress
 * @typedef {{ protocol: "ssh", host: string, port: number | undefined, username: string | undefined }} SshAddress what is not given is for `ssh` to know
 */

export const DEFAULT_SOCKET = "/var/run/docker.sock";
const ENGINE_PORT = 2375;
const ENGINE_TLS_PORT = 2376;

/**
 * Throws, in words, for a form that is not known and for certificates that are not there.
 * @param {EngineVariables} [variables]
 * @returns {SocketAddress | HttpAddress | SshAddress}
 */
export function engineAddress(variables = {}) {
  const { DOCKER_HOST: given } = variables;
  if (!given) return { socketPath: DEFAULT_SOCKET };
  if (given.startsWith("unix://")) return { socketPath: given.slice("unix://".length) || DEFAULT_SOCKET };
  // The URL parser knows `host:port` only of schemes of the web, and hides a port that is the scheme's default.
  const parts = /^(tcp|https?|ssh):\/\/(?:([^@/]+)@)?(\[[^\]]+\]|[^:/@]+)(?::(\d+))?\/?$/.exec(given);
  if (!parts) {
    throw new Error(
      `DOCKER_HOST=${given}: use unix:///path, tcp://host:port, https://host:port or ssh://user@host.`,
    );
  }
  const [, scheme, user, name = "", portText] = parts;
  const host = name.replace(/^\[|\]$/g, "");
  const port = portText === undefined ? undefined : Number(portText);
  if (scheme === "ssh") return { protocol: "ssh", host, port, username: user };
  // The port that is registered for Docker over TLS says so by itself, as it does to dockerode.
  const secure =
    scheme === "https" ||
    (scheme === "tcp" && (Boolean(variables.DOCKER_TLS_VERIFY) || port === ENGINE_TLS_PORT));
  if (!secure) return { protocol: "http", host, port: port ?? ENGINE_PORT };
  return { protocol: "https", host, port: port ?? ENGINE_TLS_PORT, ...certificates(variables) };
}

/** @param {EngineVariables} variables */
function certificates({ DOCKER_CERT_PATH: folder }) {
  const from = folder || path.join(os.homedir(), ".docker");
  /** @type {{ ca?: Buffer, cert?: Buffer, key?: Buffer }} */
  const read = {};
  for (const part of /** @type {const} */ (["ca", "cert", "key"])) {
    const file = path.join(from, `${part}.pem`);
    if (fs.existsSync(file)) read[part] = fs.readFileSync(file);
    else if (folder) throw new Error(`DOCKER_CERT_PATH=${folder}: it has no ${part}.pem.`);
  }
  return read;
}
