import assert from "node:assert/strict";
import { test } from "node:test";
import { emailSchema, nameSchema, newKeySchema, signUpSchema } from "./account";
import { runChangeSchema } from "./history";

const titleOf = (title: string) => runChangeSchema.parse({ title }).title;

test("titles and names are one line without control, bidi and unseen characters, and what looks the same is the same", () => {
  for (const [typed, kept] of [
    ["invoice\u202Egpj.exe", "invoicegpj.exe"],
    ["\u2066left\u2069 \u200Ezero\u200Bwidth\uFEFF\u00AD", "left zerowidth"],
    ["two\r\nlines\u2028three\u0007", "two lines three"],
    ["\u001B[31mred", "[31mred"],
    ["Zoe\u0308", "Zoë"],
    ["Ha\u3164ngul\u115F", "Hangul"],
    ["👩‍💻 ❤️ 1️⃣ 👍🏽", "👩‍💻 ❤️ 1️⃣ 👍🏽"],
    ["a\u200Db c\uFE0F", "ab c"],
    ["日本語 العربية עברית", "日本語 العربية עברית"],
  ] as const) {
    assert.equal(titleOf(typed), kept);
    assert.equal(nameSchema.parse(typed), kept);
    assert.equal(newKeySchema.parse({ name: typed }).name, kept);
  }
  assert.equal(titleOf("\u200B\u202E"), null, "nothing is left: no title");
  assert.equal(newKeySchema.safeParse({ name: "\u200B" }).success, false);
});

test("an address that can be taken for another's is refused for a new account, in words", () => {
  const password = "long enough for anybody";
  for (const email of [
    "\u0430nn@example.org",
    "ann\u200B@example.org",
    "a\u202Enn@example.org",
    "ann\u0001@example.org",
    "ａnn@example.org",
    "ann@exam\u200Bple .org",
  ]) {
    const parsed = signUpSchema.safeParse({ email, password });
    assert.match(parsed.error?.issues[0]?.message ?? "accepted", /can be taken for others|no e-mail address/);
  }
  for (const email of ["Ann.O'Neil+x@Example.org", "a_b-c@sub.example.co.uk", "x@localhost"]) {
    assert.equal(signUpSchema.parse({ email, password }).email, email.toLowerCase());
  }
});

test("a domain of other letters is the one that DNS has, so that one that looks like another is not taken for it", () => {
  assert.equal(emailSchema.parse("Ann@MÜLLER.example"), "ann@xn--mller-kva.example");
  assert.equal(emailSchema.parse("ann@mu\u0308ller.example"), "ann@xn--mller-kva.example");
  assert.notEqual(emailSchema.parse("ann@ex\u0430mple.org"), "ann@example.org");
  assert.match(emailSchema.parse("ann@ex\u0430mple.org"), /^ann@xn--/);
  assert.equal(emailSchema.parse("ann@exam\u200Bple.org"), "ann@example.org");
});
