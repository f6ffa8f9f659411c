import assert from "node:assert/strict";
import { test } from "node:test";
import { findRuntime, type Runtime, versionOf } from "./runtimes";

test("a version is what the tool prints of the version that its users say", () => {
  const said: readonly [version: string, printed: string | undefined, expected: string][] = [
    ["3.13", "Python 3.13.5", "3.13.5"],
    ["3.13", undefined, "3.13.0"],
    ["GCC 14.2", "gcc (Debian 14.2.0-19) 14.2.0", "14.2.0"],
    ["7.3", "Python 3.11.11 (7.3.19+dfsg-2", "7.3.19"],
    ["1.18", "Erlang/OTP 27 [erts-15.2.7] [source] [64-bit] [smp:2:2]", "1.18.0"],
    ["NASM 2.16", "NASM version 2.16.03", "2.16.3"],
    ["OTP 27", "27", "27.0.0"],
    ["OpenJDK 21", "openjdk 21.0.13.1 2026-11-17", "21.0.13"],
    ["5.40", "This is perl 5", "5.40.0"],
    ["6.d", "Welcome to Rakudo v2024.09.", "6.0.0"],
    ["SQLite 3.46", "3.46.1 2024-08-13 09:16:08 c9c2ab54", "3.46.1"],
  ];
  for (const [version, printed, expected] of said)
    assert.equal(versionOf({ version, ...(printed && { printedVersion: printed }) }), expected);
});

test("the newest in the range is found, by name or alias, also by what its version was called before its image was there", () => {
  const runtime = (version: string, changes: Partial<Runtime> = {}): Runtime => ({
    ...{ id: version, language: "node", version, formerly: version, aliases: ["js"], ready: true },
    ...changes,
  });
  const runtimes = [runtime("9.9.9"), runtime("24.21.0", { formerly: "24.21.0" }), runtime("18.0.0")];
  const found = (name: string, range: string) => findRuntime(runtimes, name, range)?.version;
  assert.equal(found("node", "*"), "24.21.0");
  assert.equal(found("JS", "<20"), "18.0.0");
  assert.equal(found("node", "24.21.0"), "24.21.0");
  assert.equal(found("node", "21.x"), undefined);
  assert.equal(found("deno", "*"), undefined);
});
