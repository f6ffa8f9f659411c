import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { after, test } from "node:test";
import { LANGUAGES } from "../languages";
import { readRecipe, sharedRecipe, tarOf } from "./image-recipe";

const root = mkdtempSync(path.join(os.tmpdir(), "quicksand-recipe-"));
after(() => rmSync(root, { recursive: true, force: true }));

async function folderWith(name: string, files: Record<string, string>): Promise<string> {
  const folder = path.join(root, name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  return folder;
}

const FILES = {
  Dockerfile:
    "FROM debian:trixie-slim AS tools\nRUN make\nFROM debian:trixie-slim\nCOPY start.py parts /usr/lib/\n",
  "start.py": "import sys\n",
  "parts/deep/é.txt": "é",
  "index.ts": "export {};",
  "editor.test.ts": "export {};",
  "examples/hello/main.py": "print()",
  "__pycache__/start.pyc": "",
  ".start.py.swp": "",
};

test("a build has the folder's files, but for TypeScript, examples and what other programs leave", async () => {
  const { files } = await readRecipe(await folderWith("context", FILES));
  const archive = await buffer(tarOf(files));
  const listed = execFileSync("tar", ["-tv", "--full-time", "--quoting-style=literal"], {
    input: archive,
    encoding: "utf8",
  });
  assert.deepEqual(
    listed
      .trim()
      .split("\n")
      .map((line) => line.replace(/ +\d+ (?=\d{4}-)/, " ")),
    ["Dockerfile", "parts/deep/é.txt", "start.py"].map(
      (name) => `-rw-r--r-- 0/0 1970-01-01 00:00:00 ${name}`,
    ),
  );
  assert.equal(
    execFileSync("tar", ["-x", "-O", "start.py"], { input: archive, encoding: "utf8" }),
    "import sys\n",
  );
  assert.deepEqual(archive, await buffer(tarOf((await readRecipe(path.join(root, "context"))).files)));
});

test("what all images share stands directly behind the last FROM, so that Docker makes it once", async () => {
  const { files } = await readRecipe(await folderWith("recipe", FILES));
  const recipe = files.find((file) => file.path === "Dockerfile")?.content.toString("utf8") ?? "";
  assert.match(
    recipe,
    /^FROM \S+ AS tools\nRUN make\nFROM debian:trixie-slim\nRUN apt-get update .*\n[\s\S]*\nCOPY start\.py parts/,
  );
  assert.equal(recipe.match(/tzdata-legacy/g)?.length, 1);
  const shared = sharedRecipe("debian:trixie-slim").files[0]?.content.toString("utf8").trimEnd() ?? "";
  assert.match(shared, /^FROM debian:trixie-slim\nRUN apt-get update/);
  for (const { image } of LANGUAGES) {
    const own = await readRecipe(path.join(process.cwd(), "lib/languages", image.folder));
    const text = own.files.find((file) => file.path === "Dockerfile")?.content.toString("utf8") ?? "";
    assert.ok(text.slice(text.lastIndexOf("FROM ")).startsWith(shared), image.folder);
  }
});

test("another image is made when any file of its recipe has another name or content, and only then", async () => {
  const digestOf = async (changes: Record<string, string>) => {
    const folder = await folderWith(`digest-${Object.keys(changes).join("").replaceAll("/", "-")}`, {
      ...FILES,
      ...changes,
    });
    return (await readRecipe(folder)).digest;
  };
  const digest = await digestOf({});
  for (const same of ["index.ts", "examples/hello/main.py", ".start.py.swp", "notes.ts"])
    assert.equal(await digestOf({ [same]: "changed" }), digest, same);
  for (const other of ["start.py", "parts/deep/é.txt", "Dockerfile", "parts/new"])
    assert.notEqual(await digestOf({ [other]: "changed" }), digest, other);
});
