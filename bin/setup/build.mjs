import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { run } from "./child.mjs";
import { ensureLanguageServers } from "./language-servers.mjs";

/** The sources of the build. Changes to other files need no new one. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "next.config.mjs",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
];
const NOT_BUILT = /(\.test\.tsx?|\.md|\/Dockerfile)$/;
const STAMP = ".next/quicksand-build";

/** A hash of the sources' names and contents. Not of their times: a fresh clone of the same commit has the same hash. */
export function sourcesHash(root, sources = SOURCES) {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => filesBelow(root, source)).sort()) {
    const content = fs.readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Builds the app unless the existing build was made from the same sources. */
export async function ensureBuild(terminal, root) {
  // Before the hash, which counts them: they are in `public`.
  ensureLanguageServers(root);
  const sources = sourcesHash(root);
  if (isBuiltFrom(root, sources)) return;
  await terminal.step("Building the app", async (report) => {
    const stamp = path.join(root, STAMP);
    fs.rmSync(stamp, { force: true });
    await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      cwd: root,
      tailLines: 80,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      onLine: (line) => {
        const stage =
          /^\s*(Creating an optimized production build|Running TypeScript|Collecting page data|Generating static pages|Finalizing page optimization)/.exec(
            line,
          );
        if (stage) report(stage[1].toLowerCase());
      },
    });
    fs.writeFileSync(stamp, `${sources} ${process.versions.node}`);
  });
}

/** Whether the existing build has these sources and was not made by a newer Node: Next.js compiles for the Node that builds. */
function isBuiltFrom(root, sources) {
  const read = (file) => {
    try {
      return fs.readFileSync(path.join(root, file), "utf8");
    } catch {
      return undefined;
    }
  };
  const [builtFrom, builtBy = "0"] = (read(STAMP) ?? "").split(" ");
  const notNewer = Number.parseInt(builtBy, 10) <= Number.parseInt(process.versions.node, 10);
  return builtFrom === sources && notNewer && read(".next/BUILD_ID") !== undefined;
}

function filesBelow(root, source) {
  const stat = fs.statSync(path.join(root, source), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return NOT_BUILT.test(source) ? [] : [source];
  return fs.readdirSync(path.join(root, source)).flatMap((name) => filesBelow(root, `${source}/${name}`));
}
