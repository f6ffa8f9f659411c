/**
 * Loaded before the tests. With `--test-force-exit` Node calls `process.exit()` when the last test of a file has ended, while what was reported
 * last is still on its way through streams: on a busy machine the last tests of a file were then neither counted nor shown. Here that call waits
 * until the output has stopped growing and was taken. A failure would show by the exit code all the same.
 */
const QUIET_TURNS = 20;

if (process.execArgv.includes("--test-force-exit")) {
  const exit = process.exit.bind(process);
  let waits = false;

  process.exit = (code) => {
    // Only the runner leaves the code to `process.exitCode`.
    if (code !== undefined) exit(code);
    if (!waits) exitWhenWritten(exit);
    waits = true;
  };
}

function exitWhenWritten(exit) {
  let written = -1;
  let quiet = 0;
  const turn = () => {
    const now = process.stdout.bytesWritten ?? 0;
    quiet = now === written && process.stdout.writableLength === 0 ? quiet + 1 : 0;
    written = now;
    if (quiet < QUIET_TURNS) setImmediate(turn);
    else exit();
  };
  turn();
}
