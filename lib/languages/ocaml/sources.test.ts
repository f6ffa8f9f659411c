import assert from "node:assert/strict";
import { test } from "node:test";
import { folders, inOrder } from "./sources";

const files = [
  { path: "main.ml", content: "let () = Area.print (Half.of_int 6)\n" },
  { path: "area.ml", content: "let print n = print_int (Shape.square n)\n" },
  { path: "notes.txt", content: "Half\n" },
  { path: "shapes/shape.ml", content: "let square n = n * n\n" },
  { path: "half.ml", content: "let of_int n = n / 2\n" },
  { path: "half.mli", content: "val of_int : int -> int\n" },
];

test("each module comes before those that use it, the main file last", () => {
  assert.deepEqual(inOrder(files), ["half.mli", "shapes/shape.ml", "area.ml", "half.ml", "main.ml"]);
});

test("modules that use each other are no endless search", () => {
  const circle = [
    { path: "main.ml", content: "" },
    { path: "a.ml", content: "B.x" },
    { path: "b.ml", content: "A.x" },
  ];
  assert.deepEqual(inOrder(circle), ["b.ml", "a.ml", "main.ml"]);
});

test("folders of modules are named to the compiler once", () => {
  assert.deepEqual(folders(files), ["-I", "shapes"]);
});
