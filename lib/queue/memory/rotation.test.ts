import assert from "node:assert/strict";
import { test } from "node:test";
import { Rotation } from "./rotation";

interface Place {
  job: { group: string; account: string };
  name: string;
}

/** `school/a1` is the first of account a in group school. */
function place(text: string): Place {
  const [group = "", name = ""] = text.split("/");
  return { job: { group, account: name.slice(0, 1) }, name };
}

function rotationOf(...texts: string[]) {
  const rotation = new Rotation<Place>();
  const places = texts.map(place);
  for (const each of places) rotation.add(each);
  return { rotation, places };
}

const names = (places: readonly (Place | null)[]) => places.map((each) => each?.name).join(" ");

test("what is told of the order is the order in which turns are given", () => {
  const { rotation } = rotationOf(
    ...["school/a1", "school/a2", "school/a3", "home/x1", "school/b1", "school/c1"],
    ...["home/x2", "home/x3", "home/x4", "cafe/y1"],
  );
  const told = names(rotation.inOrder());
  const given: (Place | null)[] = [];
  while (rotation.size > 0) given.push(rotation.takeNext(() => true));
  assert.equal(names(given), told);
  assert.equal(told, "a1 x1 y1 b1 x2 c1 x3 a2 x4 a3");
});

test("who may not start is passed by the others of the group, then by other groups", () => {
  const { rotation } = rotationOf("school/a1", "school/b1", "home/x1");
  const but = (...held: string[]) => names([rotation.takeNext(({ job }) => !held.includes(job.account))]);
  assert.equal(but("a"), "b1");
  assert.equal(but("a"), "x1");
  assert.equal(
    rotation.takeNext(({ job }) => job.account !== "a"),
    null,
  );
  assert.equal(but(), "a1");
});

test("nothing is left of what was taken out, and it is taken out once", () => {
  const { rotation, places } = rotationOf("school/a1", "school/b1");
  const [a1, b1] = places as [Place, Place];
  assert.deepEqual([rotation.remove(a1), rotation.remove(a1)], [true, false]);
  assert.deepEqual(
    [rotation.hasAccount(a1.job), rotation.hasGroup("school"), rotation.size],
    [false, true, 1],
  );
  assert.ok(rotation.remove(b1));
  assert.deepEqual([rotation.hasGroup("school"), rotation.size, rotation.inOrder()], [false, 0, []]);
});
