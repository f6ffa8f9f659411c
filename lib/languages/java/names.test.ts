import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf, mainClassOf } from "./names";

test("a public class names its file, another one does not", () => {
  assert.equal(fileOf("import java.util.*;\n\npublic class Shapes {\n}\n"), "Shapes.java");
  assert.equal(fileOf("  public final class Größe {}\n"), "Größe.java");
  assert.equal(fileOf("class Shapes {}\n"), "Main.java");
  assert.equal(fileOf("class Shapes {\n    public enum Kind { A }\n}\n"), "Main.java");
  assert.equal(fileOf("record Point(int x) {}\n\npublic interface Start {}\n"), "Start.java");
  assert.equal(fileOf(""), "Main.java");
});

test("what stands in comments and texts is no class", () => {
  assert.equal(fileOf("/*\npublic class Old {}\n*/\npublic class New {}\n"), "New.java");
  assert.equal(fileOf('class A {\n    String s = """\npublic class Text {}\n""";\n}\n'), "Main.java");
  assert.equal(fileOf("/* never closed\npublic class Old {}\n"), "Main.java");
});

test("the class that is started is the one with main, in its package", () => {
  assert.equal(
    mainClassOf("public class A {\n}\n\nclass B {\n    static void main(String[] args) {}\n}\n"),
    "B",
  );
  assert.equal(mainClassOf("package shop.till;\n\npublic class A {}\n"), "shop.till.A");
  assert.equal(
    mainClassOf(
      "class A {\n    static class In {\n    }\n    public static void main(String... args) {}\n}\n",
    ),
    "A",
  );
  assert.equal(mainClassOf("int x;"), "Main");
});

test("no code of the greatest size takes long to search", () => {
  for (const part of ["/*", '"', '\\"', '"""', "public ", "public\n", "class A{", "void main", " "]) {
    const code = part.repeat(102_400 / part.length);
    const before = performance.now();
    fileOf(code);
    mainClassOf(code);
    assert.ok(performance.now() - before < 2_000, part);
  }
});
