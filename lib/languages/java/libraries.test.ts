import assert from "node:assert/strict";
import { test } from "node:test";
import { classPath } from "./libraries";

const file = (content: string) => ({ path: "Main.java", content });

test("a program has the jars on its class path that any of its files names, and no other", () => {
  const files = [
    file("import com.google.gson.Gson;"),
    file("var x = org.apache.commons.lang3.StringUtils.EMPTY;"),
  ];
  assert.equal(classPath({ files: [], ownImage: true }), ".");
  assert.equal(
    classPath({ files, ownImage: true }),
    ".:/usr/share/java/gson.jar:/usr/share/java/commons-lang3.jar",
  );
  assert.equal(classPath({ files, ownImage: false }), ".");
});
