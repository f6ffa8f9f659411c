import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../errors";
import { refuseCommonPassword } from "./common-passwords";

const refused = (message: RegExp) => (error: unknown) =>
  error instanceof AppError && error.code === "invalid_request" && message.test(error.message);

test("a password that leaked often is refused, however it is written", async () => {
  for (const password of ["password1", "QWERTYuiop", " 12345678 ", "ｐａｓｓｗｏｒｄ"]) {
    await assert.rejects(refuseCommonPassword(password, "password"), refused(/most common/), password);
  }
});

test("the own address is refused, and what is neither is not", async () => {
  for (const password of ["Grace.Hopper", "grace.hopper@example.org"]) {
    await assert.rejects(
      refuseCommonPassword(password, "newPassword", "grace.hopper@example.org"),
      refused(/`newPassword` is your address/),
    );
  }
  await refuseCommonPassword("correct horse battery", "password", "grace.hopper@example.org");
});
