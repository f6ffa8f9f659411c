import fs from "node:fs";
import path from "node:path";
import { findProgram, run, succeeds } from "../setup/child.mjs";
import { ensurePython } from "./tools.mjs";

const SERVER = "SecantusDB==0.7.0b3";

/**
 * Provides a server for MongoDB's protocol: the one at `MONGODB_TEST_URI`, a `mongod` on the PATH, or one from PyPI, since neither npm nor
 * Debian has any. The tests look for it in the cache, and start and kill it themselves.
 */
export async function ensureMongoServer(terminal, cacheDir) {
  if (process.env.MONGODB_TEST_URI || findProgram("mongod")) return;
  const home = path.join(cacheDir, "secantusdb");
  const stamp = path.join(home, "quicksand-version");
  const program = path.join(home, "bin", "secantusd-py");
  const stamped = fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === SERVER;
  if (stamped && (await succeeds(program, ["--help"]))) return;

  const python = await ensurePython(terminal, (file) => succeeds(file, ["-c", "import venv, ensurepip"]));
  await terminal.step("Installing a database server for the tests", async (report) => {
    fs.rmSync(home, { recursive: true, force: true });
    await run(python, ["-m", "venv", home]);
    report(`pip install ${SERVER}`);
    await run(path.join(home, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", SERVER]);
    fs.writeFileSync(stamp, SERVER);
  });
}
