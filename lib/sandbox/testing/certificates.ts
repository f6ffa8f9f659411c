/** A throw-away certificate authority, by `openssl`, for tests of TLS between the server and an engine. */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** A folder with `ca.pem`, and `cert.pem` with its `key.pem`, as `DOCKER_CERT_PATH` and `dockerd` want them. */
export class CertificateAuthority {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(folder: string): Promise<CertificateAuthority> {
    await mkdir(folder);
    const files = ["-keyout", path.join(folder, "ca-key.pem"), "-out", path.join(folder, "ca.pem")];
    await run("openssl", ["req", "-x509", ...KEY, "-days", "2", "-subj", "/CN=throw-away", ...files]);
    return new CertificateAuthority(folder);
  }

  get certificate(): string {
    return path.join(this.#folder, "ca.pem");
  }

  /** Makes a key and its certificate, for a server at 127.0.0.1 or for a client, into a new folder beside this authority's own. */
  async issue(name: string, purpose: "serverAuth" | "clientAuth"): Promise<string> {
    const folder = path.join(path.dirname(this.#folder), name);
    await mkdir(folder);
    const [key, request, certificate, extensions] = ["key.pem", "request.pem", "cert.pem", "extensions"].map(
      (file) => path.join(folder, file),
    ) as [string, string, string, string];
    await writeFile(extensions, `subjectAltName=IP:127.0.0.1\nextendedKeyUsage=${purpose}\n`);
    await run("openssl", ["req", "-new", ...KEY, "-subj", `/CN=${name}`, "-keyout", key, "-out", request]);
    const authority = ["-CA", this.certificate, "-CAkey", path.join(this.#folder, "ca-key.pem")];
    const about = ["-CAcreateserial", "-days", "2", "-extfile", extensions];
    await run("openssl", ["x509", "-req", "-in", request, ...authority, ...about, "-out", certificate]);
    await run("cp", [this.certificate, path.join(folder, "ca.pem")]);
    return folder;
  }
}
