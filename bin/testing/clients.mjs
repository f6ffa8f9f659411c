import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { run, succeeds } from "../setup/child.mjs";
import { ensurePython } from "./tools.mjs";

/**
 * Other people's clients of the APIs that we are compatible with, and all that they need. Without resolving: pistonpy asks for `typing`, which
 * would stand before Python's own module of that name and break everything else.
 */
const PACKAGES = [
  "pistonapi==1.0.1",
  "pistonpy==0.0.3",
  "judge0==0.0.8",
  "judge0api==0.1.20",
  "judge0-client==0.4.0",
  ...["annotated-types==0.8.0", "anyio==4.16.0", "certifi==2026.10.19.post1", "charset-normalizer==3.5.3"],
  ...["h11==0.16.0", "httpcore==1.0.9", "httpcore2==2.16.2", "httpx==0.28.1", "httpx2==2.16.2", "idna==3.20"],
  ...["pydantic==2.14.4", "pydantic-core==2.50.5", "requests==2.34.2", "truststore==0.10.5"],
  ...["typing-extensions==4.16.0", "typing-inspection==0.4.5", "urllib3==2.8.0"],
];

/** Provides the packages for `PYTHONPATH`, in `clients/python` of the cache. */
export async function ensureClients(terminal, cacheDir) {
  const home = path.join(cacheDir, "clients");
  const target = path.join(home, "python");
  const stamp = path.join(home, "quicksand-packages");
  const wanted = createHash("sha256").update(PACKAGES.join("\n")).digest("hex");
  const stamped = fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted;
  const works = (python) => succeeds(python, ["-c", "import venv, ensurepip"]);
  const python = await ensurePython(terminal, works);
  const env = { ...process.env, PYTHONPATH: target };
  // What is compiled is compiled for one version of Python.
  if (stamped && (await succeeds(python, ["-c", "import pydantic, requests"], { env }))) return;

  await terminal.step("Installing other people's clients for the tests", async (report) => {
    fs.rmSync(home, { recursive: true, force: true });
    const installer = path.join(home, "pip");
    await run(python, ["-m", "venv", installer]);
    report(`pip install ${PACKAGES.length} packages`);
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-deps"];
    await run(path.join(installer, "bin", "pip"), ["install", ...quiet, "--target", target, ...PACKAGES]);
    fs.writeFileSync(stamp, wanted);
  });
}
