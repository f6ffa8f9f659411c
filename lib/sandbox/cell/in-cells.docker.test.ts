/**
 * The tests of the sandbox that are no suites of a wall, once more with cells. They open their sandboxes as they always do: the fixture takes
 * what isolates them from the environment.
 */
process.env.QUICKSAND_TEST_ISOLATION = "cell";

const FILES = [
  ...[
    "artifacts",
    "compile",
    "files",
    "standby",
    "streams",
    "supervisor",
    "system-calls",
    "terminal",
    "test-cases",
  ],
].map((name) => `../${name}.docker.test.ts`);
for (const file of FILES) await import(file);

export {};
