import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { CELL_PROFILE, CELL_PROFILE_SOURCE } from "./apparmor.mjs";
import { mountsOf } from "./launcher";

const rules = fs.readFileSync(CELL_PROFILE_SOURCE, "utf8").replaceAll(/^\s*#.*$/gm, "");

/** The words in brackets of each rule that begins so. */
function lists(beginning: string): Set<string>[] {
  return [...rules.matchAll(new RegExp(`^  ${beginning} ?\\(([^)]*)\\),$`, "gm"))].map(
    ([, words = ""]) => new Set(words.split(/, */)),
  );
}

/** AppArmor's words for the flags of mount(2). */
const FLAGS: readonly (readonly [number, string])[] = [
  [1, "ro"],
  [2, "nosuid"],
  [4, "nodev"],
  [8, "noexec"],
  [32, "remount"],
];
const BIND = 4096;
const REC = 16384;
const PRIVATE = 1 << 18;

function wordsOf(flags: number): string[] {
  const words = FLAGS.filter(([flag]) => flags & flag).map(([, word]) => word);
  const recursive = flags & REC ? "r" : "";
  if (flags & BIND) words.push(`${recursive}bind`);
  if (flags & PRIVATE) words.push(`${recursive}private`);
  return words;
}

test("AppArmor allows each mount of the launcher, and no kind of file system beyond them", () => {
  const kinds = lists("mount fstype=");
  const options = lists("mount options in");
  const mounts = mountsOf({ tmpfsBytes: 1, tmpfsInodes: 1 });
  for (const { type, place, flags } of mounts) {
    const allowed =
      type === "none"
        ? options.some((words) => wordsOf(flags).every((word) => words.has(word)))
        : kinds.some((words) => words.has(type));
    assert.ok(allowed, `${type} ${place} ${wordsOf(flags)}`);
  }
  const made = new Set(mounts.map(({ type }) => type).filter((type) => type !== "none"));
  assert.deepEqual(kinds, [made]);
  assert.doesNotMatch(rules, /^\s*(mount|pivot_root),/m, "and nothing is allowed as a whole");
});

test("the profile has the name that the engine is asked for, and only rules that AppArmor 3 can read", () => {
  assert.match(
    rules,
    new RegExp(`^profile ${CELL_PROFILE} flags=\\(attach_disconnected,mediate_deleted\\) \\{$`, "m"),
  );
  assert.match(rules, /^abi <abi\/3\.0>,$/m);
  assert.doesNotMatch(rules, /^\s*(userns|mqueue|io_uring|all)\b/m);
});
