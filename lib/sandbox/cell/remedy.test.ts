import assert from "node:assert/strict";
import { test } from "node:test";
import { remedyFor } from "./remedy";

const LOAD =
  "`sudo install -m 644 lib/sandbox/cell/quicksand-cell.apparmor /etc/apparmor.d/quicksand-cell && sudo apparmor_parser -r -W /etc/apparmor.d/quicksand-cell`, or run `npm start` once as root";

const USER_NAMESPACES =
  "`echo user.max_user_namespaces=10000 | sudo tee /etc/sysctl.d/60-quicksand.conf && sudo sysctl --system`";
const UNPRIVILEGED =
  "`echo kernel.unprivileged_userns_clone=1 | sudo tee /etc/sysctl.d/60-quicksand.conf && sudo sysctl --system`";

/** What both launchers and the engine say on Debian 13, and what helps there. */
const SAID: readonly (readonly [string, string])[] = [
  ["unshare: No space left on device", USER_NAMESPACES],
  ["OSError: [Errno 28] No space left on device: 'clone'", USER_NAMESPACES],
  ["unshare: Operation not permitted", UNPRIVILEGED],
  ["PermissionError: [Errno 1] Operation not permitted: 'clone'", UNPRIVILEGED],
  ["the engine cannot start one with AppArmor's profile quicksand-cell", LOAD],
  ["unshare: Permission denied", LOAD],
  ["PermissionError: [Errno 13] Permission denied: 'clone'", LOAD],
  ["mount /: Permission denied", LOAD],
  ["PermissionError: [Errno 13] Permission denied: '/'", LOAD],
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
  assert.match(remedyFor("mount /tmp: No space left on device"), /docs\/security\.md/);
});
