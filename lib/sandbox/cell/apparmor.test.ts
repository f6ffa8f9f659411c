import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { PLANS } from "../../plans";
import { SUPERVISOR_SHELL } from "../container/supervisor";
import { CELL_PROFILE, CELL_PROFILE_SOURCE } from "./apparmor.mjs";
import { mountsOf } from "./mounts";
import { cellOptions } from "./options";

const rules = fs.readFileSync(CELL_PROFILE_SOURCE, "utf8").replaceAll(/^\s*#.*$/gm, "");

/** The words in brackets of each rule that begins so, in order. */
function lists(beginning: string): string[] {
  const found = [...rules.matchAll(new RegExp(`^  ${beginning}=\\(([^)]*)\\),$`, "gm"))];
  return found.map(([, words = ""]) => words.split(", ").sort().join(" "));
}

/** AppArmor's words for the flags of mount(2). */
const FLAGS: readonly (readonly [number, string])[] = [
  [2, "nosuid"],
  [4, "nodev"],
  [8, "noexec"],
  [32, "remount"],
];
const READ_ONLY = 1;
const BIND = 4096;
const REC = 16384;
const PRIVATE = 1 << 18;

function wordsOf(flags: number): string {
  const words = FLAGS.filter(([flag]) => flags & flag).map(([, word]) => word);
  words.push(flags & READ_ONLY ? "ro" : "rw");
  const recursive = flags & REC ? "r" : "";
  if (flags & BIND) words.push(`${recursive}bind`);
  if (flags & PRIVATE) words.push(`${recursive}private`);
  return words.sort().join(" ");
}

test("AppArmor allows what the launcher mounts, and nothing else", () => {
  const mounts = mountsOf({ tmpfsBytes: 1, tmpfsInodes: 1 });
  const made = mounts.filter(({ type }) => type !== "none").map(({ type }) => type);
  const changed = mounts.filter(({ type }) => type === "none").map(({ flags }) => wordsOf(flags));
  assert.deepEqual(lists("mount fstype"), [[...new Set(made)].sort().join(" ")]);
  assert.deepEqual(lists("mount options").sort(), [...new Set(changed)].sort());
  assert.equal(rules.match(/\bmount\b/g)?.length, 1 + new Set(changed).size, "no other rule about mounts");
  assert.doesNotMatch(rules, /pivot_root/);
});

test("the profile has the name that the engine is asked for, and only rules that AppArmor 3 can read", () => {
  assert.match(
    rules,
    new RegExp(`^profile ${CELL_PROFILE} flags=\\(attach_disconnected,mediate_deleted\\) \\{$`, "m"),
  );
  assert.match(rules, /^abi <abi\/3\.0>,$/m);
  assert.doesNotMatch(rules, /^\s*(userns|mqueue|io_uring|all)\b/m);
});

test("a cell asks for the profile where the engine has AppArmor, and for nothing else then than elsewhere", () => {
  const { limits } = PLANS.guest;
  const profile = {
    image: "sha256:1",
    shell: SUPERVISOR_SHELL,
    env: {},
    limits,
    first: limits.run,
    standby: [],
  };
  const identity = { labels: {}, userId: 2_000_000_001 };
  const optionsOf = (appArmor: boolean): string[] =>
    cellOptions(profile, identity, { architecture: "x64", appArmor }).HostConfig?.SecurityOpt ?? [];
  assert.deepEqual(optionsOf(true), [...optionsOf(false), "apparmor=quicksand-cell"]);
  assert.ok(!optionsOf(false).some((option) => option.includes("apparmor")));
});
