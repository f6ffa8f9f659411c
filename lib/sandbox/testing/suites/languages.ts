import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LANGUAGES, type Language, mainFileOf } from "../../../languages";
import { loadEditor } from "../../../languages/editor-loader";
import { galleryOf, sampleOf } from "../../../languages/examples";
import { MANY_LINES, programsOf, type TestPrograms } from "../../../languages/testing/test-programs";
import type { SandboxEvent } from "../../sandbox";
import { collect, known, LIMITS, limitsWith, MB, type Ran, specOf, testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

const languages: readonly (readonly [Language, TestPrograms])[] = await Promise.all(
  LANGUAGES.map(async (language) => [language, await programsOf(language.id)] as const),
);
/** Ids of languages, from `npm run test:languages -- lua go`. */
const named = process.env.QUICKSAND_TEST_LANGUAGES?.split(" ").filter(Boolean) ?? [];

/**
 * What every language must do, with its own programs: see `TestPrograms`. All of it with `QUICKSAND_TEST_ALL` and for those that are named; else
 * in a container all of it for the core languages and for each of the others its sample, and in a cell the core languages' samples.
 */
export function languagesSuite(wall: Wall): void {
  for (const [language, { works, failures, halfLines, memoryHog, manyLines }] of languages) {
    if (named.length > 0 && !named.includes(language.id)) continue;
    const everything = named.length > 0 || process.env.QUICKSAND_TEST_ALL !== undefined;
    const inCell = wall.isolation === "cell";
    if (inCell && !language.core && !everything) continue;
    const whole = everything || (language.core && !inCell);
    describe(`${wall.name}: ${language.name}`, () => {
      const sandbox = testSandbox(wall.options);

      /** Runs a command in the language's image, in the place of its compiler and its program. */
      function runCommand(command: readonly string[]): Promise<Ran> {
        const { compile: _, standby: __, ...others } = language;
        const spec = specOf(language.id, "", { limits: limitsWith({ memoryBytes: 256 * MB }) });
        return collect(sandbox.underTest, { ...spec, language: { ...others, run: command } });
      }

      test("its sample reads its input and prints what it should", async () => {
        const { code, stdin, expected } = sampleOf(language);
        const ran = await sandbox.run(language.id, code, { stdin });
        assert.deepEqual(
          { status: ran.status, stdout: ran.stdout, stderr: ran.stderr, exitCode: ran.output.exitCode },
          { status: "success", stdout: expected, stderr: "", exitCode: 0 },
        );
        assert.ok(ran.durationMs > 0 && known(ran.memoryUsed) > 100_000, "time and memory are measured");
        assert.ok(
          known(ran.cpuMs) > 0 && known(ran.cpuMs) < LIMITS.run.timeoutMs,
          "processor time is measured",
        );
        assert.equal(ran.compile === null, language.compile === undefined);
      });
      if (!whole) return;

      for (const { name, code, stdin, expected } of galleryOf(language)) {
        test(`its example ${name} prints what it should, and draws the picture that it promises`, async () => {
          const ran = await sandbox.run(language.id, code, { stdin });
          assert.deepEqual(
            {
              status: ran.status,
              stdout: ran.stdout,
              stderr: ran.stderr,
              compiler: ran.compile?.stderr ?? "",
            },
            { status: "success", stdout: expected, stderr: "", compiler: "" },
          );
          const pictures = ran.artifacts.filter(({ type }) => /^image\/(png|gif)$/.test(type));
          assert.equal(pictures.length, code.includes("OUTPUT_DIR") ? 1 : 0);
        });
      }

      test("its image has the version that it claims", async () => {
        const ran = await runCommand(language.versionCommand);
        assert.equal(ran.status, "success", ran.stderr);
        const number = language.version.replace(/^\D+/, "");
        assert.match(ran.stdout, new RegExp(`(^|[^\\d.])${number.replaceAll(".", "\\.")}(\\D|$)`, "m"));
      });

      test("time zones and locales are known in its image; neither is set to any but the default", async () => {
        const shell = `TZ=Asia/Calcutta date --date=@0 +%R; TZ=US/Eastern date --date=@0 +%R
date --date=@0 +%R; echo "$LANG"; LC_ALL=en_US.UTF-8 date --date=@0 +%c; LC_ALL=de_DE.UTF-8 date --date=@0 +%A; locale -a | grep -c utf8`;
        const ran = await runCommand(["sh", "-c", shell]);
        assert.equal(
          `${ran.stdout}${ran.stderr}`,
          "05:30\n19:00\n00:00\nC.UTF-8\nThu 01 Jan 1970 12:00:00 AM UTC\nDonnerstag\n13\n",
        );
      });

      for (const [what, { code, files = [], prints }] of Object.entries(works)) {
        test(`${what}`, async () => {
          const ran = await sandbox.run(language.id, code, { files });
          const { status, stdout, stderr } = ran;
          assert.deepEqual(
            { status, stdout, stderr, compiler: ran.compile?.stderr ?? "" },
            { status: "success", stdout: prints, stderr: "", compiler: "" },
          );
        });
      }

      for (const [what, { code, files = [], status, marked }] of Object.entries(failures)) {
        test(`${what} is ${status}, and the editor marks its line`, async () => {
          const ran = await sandbox.run(language.id, code, { files });
          const said = `${ran.compile?.stderr ?? ""}\n${ran.stderr}`;
          const { findDiagnostics } = await loadEditor(language.id);
          assert.equal(ran.status, status, said);
          const mainFile = mainFileOf(language, code);
          const sources = [{ path: mainFile, content: code }, ...files];
          assert.deepEqual(findDiagnostics(said, mainFile, sources)[0], marked, said);
        });
      }

      // Together, since they wait.
      describe("output without a line end", { concurrency: true }, () => {
        test("half a line is there when the run is cancelled", async () => {
          const [code = ""] = Object.values(halfLines);
          const cancel = new AbortController();
          const onEvent = (event: SandboxEvent) => {
            // Long enough for any program to have begun.
            if (event.type === "stage" && event.stage === "run") setTimeout(() => cancel.abort(), 3_000);
          };
          const ran = await sandbox.run(language.id, code, { signal: cancel.signal, onEvent });
          assert.deepEqual([ran.status, ran.stdout], ["cancelled", "loading"]);
        });

        for (const [what, code] of Object.entries(halfLines)) {
          test(`half a line is there when the time is over: ${what}`, async () => {
            const ran = await sandbox.run(language.id, code, { limits: limitsWith({ timeoutMs: 3_000 }) });
            assert.deepEqual([ran.status, ran.stdout.trimEnd(), ran.stderr], ["timeout", "loading", ""]);
          });
        }
      });

      if (memoryHog !== undefined) {
        test("a program that keeps more memory than it may have is memory_limit", async () => {
          const ran = await sandbox.run(language.id, memoryHog);
          assert.equal(ran.status, "memory_limit", `${ran.compile?.stderr ?? ""}\n${ran.stderr}`);
        });
      }

      if (manyLines !== undefined) {
        test("1 MB in 65,536 lines arrives whole", async () => {
          const ran = await sandbox.run(language.id, manyLines);
          assert.equal(ran.status, "success", `${ran.compile?.stderr ?? ""}\n${ran.stderr}`);
          // Not by `equal`, which would print both.
          assert.ok(ran.stdout === MANY_LINES, `${ran.stdout.length} characters came`);
          assert.deepEqual([ran.stderr, ran.output.truncated], ["", false]);
        });
      }
    });
  }
}
