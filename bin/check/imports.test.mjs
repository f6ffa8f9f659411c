import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkTree } from "./imports.mjs";
import { importsOf } from "./source-scan.mjs";

const made = [];
after(() => {
  for (const folder of made) fs.rmSync(folder, { recursive: true, force: true });
});

function tree(files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-imports-"));
  made.push(root);
  for (const [file, source] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), source);
  }
  return root;
}

function violations(files) {
  return checkTree(tree(files)).violations;
}

test("every form of import is seen, with its line", () => {
  const source = [
    'import a from "./a";',
    "import {",
    "  b, // why `b`",
    "  type C,",
    "} from './b';",
    'import "./c";',
    'import type { D } from "./d";',
    'export * from "./e";',
    'export type { F } from "./f";',
    'const g = await import("./g");',
    'const h = require("./h");',
    'type I = import("./i").I;',
    'import * as j from "./j";',
    'import k, { l } from "./k";',
  ].join("\n");
  assert.deepEqual(
    importsOf(source).map(({ name }) => name),
    ["./a", "./b", "./c", "./d", "./e", "./f", "./g", "./h", "./i", "./j", "./k"],
  );
  assert.equal(importsOf(source).find(({ name }) => name === "./g")?.line, 10);
});

test("words that only look like imports are not seen", () => {
  const source =
    'export const from = "x";\nexport function f() {}\nconst text = "learn from \'y\'";\nimportant("z");\n';
  assert.deepEqual(importsOf(source), []);
});

const PLANTED = {
  "a component that reaches for the server": {
    "components/x.tsx": 'import { services } from "../lib/server";',
  },
  "a primitive that knows the product": {
    "components/ui/x.tsx": 'import type { Run } from "@/lib/schemas/run";',
  },
  "the browser's side importing the sandbox": {
    "lib/client/x.ts": 'import { pool } from "@/lib/sandbox/pool";',
  },
  "a schema that imports an application module": {
    "lib/schemas/x.ts": 'import { AppError } from "../errors";',
  },
  "a schema that imports another package than zod": { "lib/schemas/x.ts": 'import pino from "pino";' },
  "a schema that imports a module of Node": { "lib/schemas/x.ts": 'import fs from "node:fs";' },
  "the sandbox importing the store": { "lib/sandbox/x.ts": 'import type { Store } from "../store";' },
  "the store importing the queue": {
    "lib/store/x.ts": 'import { createMemoryQueue } from "../queue/memory";',
  },
  "a use-case importing an adapter": {
    "lib/runs/index.ts": 'import { createMongoStore } from "../store/mongo";',
  },
  "dockerode outside of the sandbox": { "lib/runs/index.ts": 'import type Docker from "dockerode";' },
  "dockerode as a type only": { "lib/http/x.ts": 'type D = import("dockerode").Container;' },
  "mongoose in the embedded store": { "lib/store/embedded/x.ts": 'import mongoose from "mongoose";' },
  "libsql outside of the store": { "lib/auth/x.ts": 'import Database from "libsql";' },
  "ioredis in the HTTP layer": { "lib/http/x.ts": 'import { Redis } from "ioredis";' },
  "next-auth in a page": { "app/page.tsx": 'import { getServerSession } from "next-auth/next";' },
  "a page importing the store": {
    "app/page.tsx": 'import { createStore } from "@/lib/store/embedded/store";',
  },
  "the environment read in a module": { "lib/log.ts": "export const level = process.env.LOG;" },
  "a composition root that picks a variable": { "lib/server.ts": "export const x = process.env.PORT;" },
  "a module of lib that reaches up for a route": {
    "lib/runs/x.ts": 'import { POST } from "@/app/api/run/route";',
  },
  "a test in lib that reaches up for a route": {
    "lib/http/x.test.ts": 'import { POST } from "../../app/api/run/route";',
  },
  "a fixture in lib that reaches up for a component": {
    "lib/http/testing/x.ts": 'import { Workspace } from "@/components/workspace";',
  },
  "a component's test that reaches up for a page": {
    "components/x.test.tsx": 'import Page from "@/app/page";',
  },
  "a module that belongs to no layer": { "lib/utils.ts": 'import "./env";' },
};

for (const [name, files] of Object.entries(PLANTED)) {
  test(`found: ${name}`, () => {
    const found = violations(files);
    assert.equal(found.length, 1, `expected one violation, got ${JSON.stringify(found)}`);
  });
}

test("what the design allows passes", () => {
  const found = violations({
    "app/page.tsx":
      'import { Workspace } from "@/components/workspace";\nimport { services } from "@/lib/server";',
    "components/workspace.tsx":
      'import { Button } from "./ui/button";\nimport { run } from "@/lib/client/api";',
    "components/ui/button.tsx": 'import { clsx } from "clsx";\nimport { cn } from "./cn";',
    "lib/client/api.ts": 'import { endpoints } from "../schemas/endpoints";',
    "lib/schemas/run.ts": 'import * as z from "zod";\nimport { text } from "./text";',
    "lib/runs/index.ts": 'import type { Store } from "../store";\nimport type { Queue } from "../queue";',
    "lib/sandbox/pool.ts": 'import Docker from "dockerode";\nimport type { Sandbox } from "./sandbox";',
    "lib/store/mongo/index.ts": 'import mongoose from "mongoose";\nimport type { Store } from "..";',
    "lib/server.ts": 'import { readEnv } from "./env";\nexport const env = readEnv(process.env);',
    "lib/store/store.contract.test.ts": 'import { x } from "../queue/memory";\nprocess.env.MONGODB_TEST_URI;',
  });
  assert.deepEqual(found, []);
});

test("a tree without modules fails, instead of passing by having nothing to check", () => {
  const script = fileURLToPath(new URL("imports.mjs", import.meta.url));
  const empty = spawnSync(process.execPath, [script, tree({ "README.md": "" })], { encoding: "utf8" });
  assert.equal(empty.status, 1);
  assert.match(empty.stdout, /^0 modules, 0 imports checked/);
});
