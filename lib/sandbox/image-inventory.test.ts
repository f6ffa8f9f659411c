import assert from "node:assert/strict";
import { test } from "node:test";
import { layerBytes, leftovers, type StoredImage, staleTags, type TodaysRecipes } from "./image-inventory";
import { PRODUCT_LABEL } from "./labels";

const OURS = { [PRODUCT_LABEL]: "quicksand" };
const LAST = "/bin/sh -c #(nop)  LABEL quicksand.product=quicksand";

/** An image whose steps are told from the first on, each with its size. */
function image(id: string, tags: string[], steps: [string, number][], labels = {}): StoredImage {
  const history = steps.map(([CreatedBy, Size], at) => ({ CreatedBy, Size, Created: at })).reverse();
  return { id, tags, labels, history };
}

const BASE: [string, number] = ["", 78];
const SHARED: [string, number] = ["/bin/sh -c apt-get update  && shared", 13];
const TODAY: TodaysRecipes = {
  tags: new Set(["quicksand/shared:00000000000a", "quicksand/lua:00000000000b"]),
  sharedSteps: new Set(["apt-get update && shared"]),
  steps: new Set(["apt-get install lua"]),
  stageEnds: new Set(["fetch bun"]),
};

test("a layer that several images stand on counts once, the same step at another time counts again", () => {
  const lua = image("1", [], [BASE, SHARED, ["lua", 2]]);
  const go = image("2", [], [BASE, SHARED, ["go", 400]]);
  assert.equal(layerBytes([lua]), 93);
  assert.equal(layerBytes([lua, go, lua]), 78 + 13 + 2 + 400);
  const later = { history: lua.history.map((step) => ({ ...step, Created: step.Created + 100 })) };
  assert.equal(layerBytes([lua, later]), 2 * 93);
  // Above another step the same one is another layer.
  assert.equal(
    layerBytes([image("3", [], [BASE, ["a", 1], ["x", 5]]), image("4", [], [BASE, ["b", 1], ["x", 5]])]),
    90,
  );
  assert.equal(layerBytes([]), 0);
});

test("only images of ours that no recipe asks for are stale, and never what all share today", () => {
  const images = [
    image("1", ["quicksand/lua:00000000000b", "quicksand/lua:0000000000ff"], [BASE], OURS),
    image("2", ["quicksand/shared:00000000000a"], [BASE], OURS),
    image("3", ["quicksand/shared:0000000000ff"], [BASE], OURS),
    image("4", ["quicksand/gone:0000000000ff", "mine/copy:1"], [BASE], OURS),
    // Somebody's: the name without the label, the label (inherited) without the name, and neither.
    image("5", ["quicksand/lua:0000000000ee"], [BASE]),
    image(
      "6",
      ["team/python:1", "quicksand/python:latest", "reg.test/quicksand/lua:0000000000ff"],
      [BASE],
      OURS,
    ),
    image("7", ["debian:trixie-slim"], [BASE]),
  ];
  assert.deepEqual(staleTags(images, TODAY), [
    "quicksand/lua:0000000000ff",
    "quicksand/shared:0000000000ff",
    "quicksand/gone:0000000000ff",
  ]);
});

test("images without a name are ours when a build of ours ends so, in whole or at a step of today's recipes", () => {
  const images = [
    image("replaced", [], [BASE, SHARED, ["x", 1], [LAST, 0]], OURS),
    image("stage", [], [BASE, ["/bin/sh -c fetch   bun", 100]]),
    image("failed", [], [BASE, SHARED, ["/bin/sh -c apt-get install lua", 2]]),
    // Other people's: built on one of our images, a step like ours on another base, something unrelated, and one with a name.
    image("derived", [], [BASE, SHARED, ["x", 1], [LAST, 0], ["/bin/sh -c pip install", 9]], OURS),
    image("like", [], [BASE, ["/bin/sh -c apt-get install lua", 2]]),
    image("other", [], [BASE, ["/bin/sh -c make", 2]]),
    image("named", ["me/kept:1"], [BASE, ["/bin/sh -c fetch bun", 100]]),
    image("empty", [], []),
  ];
  assert.deepEqual(leftovers(images, TODAY), ["replaced", "stage", "failed"]);
});
