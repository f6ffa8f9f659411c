/**
 * The way to an engine behind SSH, as the `docker` command takes it: the user's own `ssh`, with their keys, known hosts and configuration,
 * and the engine's socket at the other end by `docker system dial-stdio`. Plain JavaScript, like engine-address.mjs beside it.
 *
 * dockerode brings an SSH library for this; it believes any host, and the address that dockerode makes for it is refused by Node 26.
 */
import { spawn } from "node:child_process";
import http from "node:http";
import { Duplex } from "node:stream";

const SAID_BYTES = 1_000;

/** @typedef {import("./engine-address.mjs").SshAddress} SshAddress */

/**
 * For `http.request`: each connection is an `ssh` of its own.
 * @param {SshAddress} address
 */
export function sshAgent(address) {
  const agent = new http.Agent({ keepAlive: false });
  return Object.assign(agent, { address, createConnection: () => new SshConnection(address) });
}

/**
 * The words that `ssh` is started with.
 * @param {SshAddress} address
 */
export function sshArguments({ host, port, username }) {
  const options = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10"];
  const place = [...(port === undefined ? [] : ["-p", String(port)]), ...(username ? ["-l", username] : [])];
  return [...options, ...place, "--", host, "docker", "system", "dial-stdio"];
}

/** A stream to the engine. When `ssh` fails, so does the stream, with its last words and the code `ESSH`. */
class SshConnection extends Duplex {
  #child;
  #said = "";

  /** @param {SshAddress} address */
  constructor(address) {
    super();
    this.#child = spawn("ssh", sshArguments(address), { stdio: ["pipe", "pipe", "pipe"] });
    const { stdin, stdout, stderr } = this.#child;
    stdout.on("data", (chunk) => {
      if (!this.push(chunk)) stdout.pause();
    });
    stderr.on("data", (chunk) => {
      this.#said = `${this.#said}${chunk}`.slice(-SAID_BYTES);
    });
    // The end of `ssh` says why it did not take what was written.
    stdin.on("error", () => {});
    this.#child.once("error", (cause) => this.destroy(sshFailure(cause.message)));
    // Not at the end of its output, which comes first and has no reason.
    this.#child.once("close", (code) => {
      if (code) this.destroy(sshFailure(this.#said.trim().split("\n").at(-1) || `exit code ${code}`));
      else this.push(null);
    });
  }

  _read() {
    this.#child.stdout.resume();
  }

  _write(chunk, _encoding, done) {
    this.#child.stdin.write(chunk, () => done());
  }

  _final(done) {
    this.#child.stdin.end(() => done());
  }

  _destroy(error, done) {
    this.#child.kill();
    done(error);
  }

  // What `http.request` asks of a socket besides.
  setTimeout() {
    return this;
  }

  setNoDelay() {
    return this;
  }

  setKeepAlive() {
    return this;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }
}

/** @param {string} reason */
function sshFailure(reason) {
  return Object.assign(new Error(`ssh: ${reason}`), { code: "ESSH" });
}
