import assert from "node:assert/strict";
import { test } from "node:test";
import { embedCode } from "./run-url";

test("the embed code names the theme and the editor only when they are asked for", () => {
  const plain = embedCode("r1", "https://sand.example", { theme: "auto", edit: false, frame: false });
  assert.match(plain, /src="https:\/\/sand\.example\/embed\/r1"/);
  assert.match(plain, /style="border:0"/);
  const asked = embedCode("r1", "https://sand.example", { theme: "dark", edit: true, frame: true });
  assert.match(asked, /src="https:\/\/sand\.example\/embed\/r1\?theme=dark&amp;edit=1"/);
  assert.match(asked, /style="border:1px solid/);
});
