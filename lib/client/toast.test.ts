import assert from "node:assert/strict";
import { test } from "node:test";
import { toast as shown } from "sonner";
import { dismissToast, loadToasts, toast, toastsLoaded } from "./toast";

test("toasts that come before they can be shown are shown, in their order", async () => {
  toast("first", { id: "a", description: "of two" });
  toast("second", { id: "b" });
  assert.deepEqual(shown.getToasts(), []);
  await loadToasts();
  const titles = shown.getToasts().map((one) => ("title" in one ? one.title : ""));
  assert.deepEqual(titles, ["first", "second"]);
});

test("the first toast has what shows them loaded", async () => {
  toast("something");
  assert.equal((await toastsLoaded).toast, shown);
});

test("a toast that is taken away at once does not stay", async () => {
  globalThis.requestAnimationFrame ??= () => 0;
  toast("passing", { id: "c" });
  dismissToast("c");
  await loadToasts();
  assert.ok(!shown.getToasts().some(({ id }) => id === "c"));
});
