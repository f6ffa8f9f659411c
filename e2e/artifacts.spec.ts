import { expect, test } from "@playwright/test";
import type { RunResult } from "../lib/schemas/run";

/** Names that the file system takes: each must come back unchanged in the download. */
const NAMES = [
  "it's, here – now.txt",
  `${"日本語".repeat(21)}です.txt`,
  'say "hello".txt',
  "back\\slash.txt",
  "100% sure.txt",
  "%41.txt",
  "a+b & c=d; e#f?g.txt",
  "e\u0301 🙂.txt",
];

test("a file comes back under the very name that the program gave it", async ({ page }) => {
  const { request } = page;
  const code = [
    "import os",
    `for index, name in enumerate(${JSON.stringify(NAMES)}):`,
    '    with open(os.path.join(os.environ["OUTPUT_DIR"], name), "w") as file: print(index, file=file)',
  ].join("\n");
  const ran = await request.post("/api/editor/run", { data: { language: "python", code } });
  const { artifacts, message } = (await ran.json()) as RunResult;
  expect(message).toBeNull();
  expect(artifacts.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
  for (const { name, url } of artifacts) {
    const file = await request.get(url);
    expect(file.status(), url).toBe(200);
    expect(await file.text(), name).toBe(`${NAMES.indexOf(name)}\n`);
    const whole = /filename\*=UTF-8''([^;]+)$/.exec(file.headers()["content-disposition"] ?? "")?.[1] ?? "";
    expect(decodeURIComponent(whole)).toBe(name);
  }
  // As a person gets it: these two have no character that a browser keeps out of file names.
  await page.goto("/");
  for (const name of NAMES.slice(0, 2)) {
    const url = artifacts.find((artifact) => artifact.name === name)?.url ?? "";
    const downloading = page.waitForEvent("download");
    await page.evaluate((address) => {
      const link = document.createElement("a");
      link.href = address;
      document.body.append(link);
      link.click();
    }, url);
    expect((await downloading).suggestedFilename()).toBe(name);
  }
});
