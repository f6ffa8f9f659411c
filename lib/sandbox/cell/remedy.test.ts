import assert from "node:assert/strict";
import { test } from "node:test";
import { remedyFor } from "./remedy";

const LOAD =
  "`sudo install -m 644 lib/sandbox/cell/quicksand-cell.apparmor /etc/apparmor.d/quicksand-cell && sudo apparmor_parser -r -W /etc/apparmor.d/quicksand-cell`, or run `npm start` once as root";

/** What was said on Debian 13, and what helped there. */
const SAID: readonly (readonly [string, string])[] = [
  [
    "unshare: No space left on device",
    "`echo user.max_user_namespaces=10000 | sudo tee /etc/sysctl.d/60-quicksand.conf && sudo sysctl --system`",
  ],
  [
    "unshare: Operation not permitted",
    "`echo kernel.unprivileged_userns_clone=1 | sudo tee /etc/sysctl.d/60-quicksand.conf && sudo sysctl --system`",
  ],
  ["the engine cannot start one with AppArmor's profile quicksand-cell", LOAD],
  ["unshare: Permission denied", LOAD],
  ["mount /: Permission denied", LOAD],
  ["/proc/self/setgroups: Permission denied", LOAD],
];

for (const [refusal, command] of SAID) {
  test(`"${refusal}" comes with the commands that help`, () => {
    const remedy = remedyFor(refusal);
    assert.ok(remedy.includes(command), remedy);
  });
}

test("what nobody foresaw leads to the documentation", () => {
  assert.match(remedyFor("unshare: Invalid argument"), /docs\/security\.md .*QUICKSAND_ISOLATION=container/);
});
