import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createPictures } from "./pictures";

/** Draws by hand: tells what is being drawn, and how many at once at most. */
function easel(bytes = 1_000) {
  const drawn: string[] = [];
  let now = 0;
  let most = 0;
  const draw = (name: string) => async () => {
    drawn.push(name);
    most = Math.max(most, ++now);
    await sleep(5);
    now--;
    if (name === "broken") throw new Error("no paint");
    return new Uint8Array(bytes);
  };
  return { drawn, draw, most: () => most };
}

test("twenty pictures that are asked for at once are drawn one at a time, and others are served in between", async () => {
  const pictures = createPictures();
  const { drawn, draw, most } = easel();
  let served = 0;
  const serving = setInterval(() => served++, 1);
  const names = Array.from({ length: 20 }, (_, n) => `${n}`);
  await Promise.all(names.map((name) => pictures.of({ name }, draw(name))));
  clearInterval(serving);
  assert.deepEqual([drawn, most()], [names, 1]);
  assert.ok(served >= 10, `${served} others were served`);
});

test("the same state is drawn once, also while it is being drawn; another state is another picture", async () => {
  const pictures = createPictures();
  const { drawn, draw } = easel();
  await Promise.all([1, 2, 3].map(() => pictures.of({ id: "a", status: "running" }, draw("running"))));
  await pictures.of({ id: "a", status: "running" }, draw("running"));
  await pictures.of({ id: "a", status: "success" }, draw("success"));
  assert.deepEqual(drawn, ["running", "success"]);
});

test("a picture that fails holds nobody up and is tried again", async () => {
  const pictures = createPictures();
  const { drawn, draw } = easel();
  const [broken, next] = await Promise.allSettled([
    pictures.of("a", draw("broken")),
    pictures.of("b", draw("next")),
  ]);
  assert.deepEqual([broken.status, next.status], ["rejected", "fulfilled"]);
  await pictures.of("a", draw("again"));
  assert.deepEqual(drawn, ["broken", "next", "again"]);
});

test("only so many bytes of pictures are kept, and of those the ones that were asked for last", async () => {
  const pictures = createPictures(2_500);
  const { drawn, draw } = easel();
  for (const name of ["a", "b", "a", "c", "a", "b"]) await pictures.of(name, draw(name));
  assert.deepEqual(drawn, ["a", "b", "c", "b"]);
});
