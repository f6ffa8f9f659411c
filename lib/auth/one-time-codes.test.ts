import assert from "node:assert/strict";
import { test } from "node:test";
import { createOneTimeCodes } from "./one-time-codes";
import { shownCode } from "./testing/authenticator";

const codes = createOneTimeCodes("the server's secret, long enough");
const NOW = new Date("2026-11-26T12:00:10Z");
const STEP = Math.floor(NOW.getTime() / 30_000);

const shown = (secret: string, steps = 0) => shownCode(secret, steps, NOW.getTime());

test("the codes of an app count from one step before to one step after, by their step", () => {
  const { secret, sealed, uri } = codes.begin("user_1", "ada@example.org");
  assert.match(uri, /^otpauth:\/\/totp\/Quicksand:ada%40example\.org\?issuer=Quicksand&secret=[A-Z2-7]{32}&/);
  const stepOf = (code: string) => codes.stepOf("user_1", sealed, code, NOW);
  assert.deepEqual(
    [-1, 0, 1].map((steps) => stepOf(shown(secret, steps))),
    [STEP - 1, STEP, STEP + 1],
  );
  assert.deepEqual(
    [-2, 2].map((steps) => stepOf(shown(secret, steps))),
    [null, null],
  );
  const code = shown(secret);
  assert.equal(stepOf(`${code.slice(0, 3)} ${code.slice(3)}`), STEP);
  for (const typed of ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"]) assert.equal(stepOf(typed), null);
});

test("what is stored does not have the secret, opens for nobody else, and with no other server's secret", () => {
  const { secret, sealed } = codes.begin("user_1", "ada@example.org");
  assert.ok(!Buffer.from(sealed, "base64url").includes(secret));
  assert.throws(() => codes.stepOf("user_2", sealed, "123456", NOW));
  assert.throws(() => createOneTimeCodes("another secret").stepOf("user_1", sealed, "123456", NOW));
  assert.notEqual(sealed, codes.begin("user_1", "ada@example.org").sealed);
});

test("ten recovery codes are different, and found however they are typed", () => {
  const { codes: texts, hashes } = codes.recovery("user_1");
  assert.deepEqual([new Set(texts).size, new Set(hashes).size], [10, 10]);
  const [text = "", hash] = [texts[0], hashes[0]];
  assert.equal(codes.recoveryHash("user_1", ` ${text.toUpperCase().replace("-", " ")} `), hash);
  assert.notEqual(codes.recoveryHash("user_2", text), hash);
});
