import assert from "node:assert/strict";
import { test } from "node:test";
import { allOf, inOrder } from "./steps.mjs";

/** Steps that end when told to; `begun` says which were begun, in order. */
function fakes() {
  const begun = [];
  const ends = new Map();
  const step = (name) => (argument) => {
    begun.push(argument === undefined ? name : `${name} with ${argument}`);
    return new Promise((resolve, reject) => ends.set(name, { resolve, reject }));
  };
  const names = ["packages", "docker", "base", "build", "images"];
  return {
    begun,
    steps: inOrder(Object.fromEntries(names.map((name) => [name, step(name)]))),
    end: async (name, value) => {
      ends.get(name).resolve(value);
      await settled();
    },
    fail: async (name, error) => {
      ends.get(name).reject(error);
      await settled();
    },
  };
}

/** When everything that follows from what has happened so far has happened too. */
function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

test("packages and Docker are installed side by side, and nothing that needs them begins before", async () => {
  const { begun } = fakes();
  await settled();
  assert.deepEqual(begun, ["packages", "docker"]);
});

test("the app is built as soon as the packages are there, whatever Docker does", async () => {
  const { begun, end } = fakes();
  await end("packages");
  assert.deepEqual(begun, ["packages", "docker", "build"]);
});

test("the base of the images is made while packages are still installed; the images wait for both", async () => {
  const { begun, end } = fakes();
  await end("docker");
  assert.deepEqual(begun, ["packages", "docker", "base"]);
  await end("base", "base.tar");
  assert.deepEqual(begun, ["packages", "docker", "base"]);
  await end("packages");
  assert.deepEqual(begun.slice(3), ["build", "images with base.tar"]);
});

test("the app can be served while images are still being made", async () => {
  const { steps, end } = fakes();
  let served = false;
  const serving = allOf(steps.docker, steps.build).then(() => {
    served = true;
  });
  await end("docker");
  await end("base");
  await end("packages");
  assert.equal(served, false, "not without the build");
  await end("build");
  assert.equal(served, true, "the images have not ended");
  await serving;
});

test("a base that cannot be made ahead is left to the images", async () => {
  const { begun, end, fail } = fakes();
  await end("packages");
  await end("docker");
  await fail("base", new Error("no debootstrap"));
  assert.deepEqual(begun.slice(-1), ["images"]);
});

test("a failure is told when what goes on beside it has come to its end, and what needs it never begins", async () => {
  const { begun, steps, end, fail } = fakes();
  let told;
  const serving = allOf(steps.docker, steps.build).catch((error) => {
    told = error.message;
  });
  await fail("docker", new Error("no disk"));
  assert.equal(told, undefined, "packages are still being installed");
  await end("packages");
  await end("build");
  await serving;
  assert.equal(told, "no disk");
  assert.deepEqual(begun, ["packages", "docker", "build"]);
});
