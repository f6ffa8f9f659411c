import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE_IMAGE } from "./base-image.mjs";
import { RECIPE_START, readRecipe, sharedRecipe } from "./image-recipe";
import { commandsOf, labelled, renewed } from "./image-steps";

const STAGES = `FROM ${BASE_IMAGE} AS tools\nRUN make \\\n  tool\n\nFROM ${BASE_IMAGE}${RECIPE_START}\n# why\nRUN install\n`;
const files = [
  { path: "Dockerfile", content: Buffer.from(STAGES) },
  { path: "parts/Dockerfile", content: Buffer.from("FROM nothing\n") },
];
const textOf = (all: typeof files | readonly { path: string; content: Buffer }[]) =>
  all.map(({ content }) => content.toString("utf8"));

test("each stage that is not kept ends with the label, and the last is left to the engine", () => {
  const [dockerfile, other] = textOf(labelled(files));
  assert.equal(dockerfile, STAGES.replace("\n\nFROM", "\n\nLABEL quicksand.product=quicksand\nFROM"));
  assert.equal(other, "FROM nothing\n");
  const shared = sharedRecipe(BASE_IMAGE).files;
  assert.deepEqual(textOf(labelled(shared)), textOf(shared), "what all images share stays one layer");
});

test("a recipe made anew has a step that was never there in front of its own, behind what all images share", () => {
  const [dockerfile = "", other] = textOf(renewed(files, "7"));
  assert.equal(
    dockerfile,
    STAGES.replace("AS tools\n", "AS tools\nLABEL quicksand.rebuilt=7\n").replace(
      RECIPE_START,
      `${RECIPE_START}\nLABEL quicksand.rebuilt=7`,
    ),
  );
  assert.equal(other, "FROM nothing\n");
});

test("the commands of a recipe are told by stage, as the engine's history has them", async () => {
  const [tools, last] = commandsOf(files);
  assert.deepEqual(tools, ["make tool"]);
  assert.deepEqual(last, [...(commandsOf(sharedRecipe(BASE_IMAGE).files)[0] ?? []), "install"]);
  const bun = commandsOf((await readRecipe("lib/languages/bun")).files);
  assert.equal(bun.length, 2);
  assert.match(bun[0]?.at(-1) ?? "", /^case \$\(dpkg --print-architecture\) in amd64\) url=/);
});
