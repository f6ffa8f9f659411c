/** Loaded into the server by the soak: on SIGUSR2 it collects garbage and says what memory is left, so that what grows is a leak. */
const { writeFileSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

process.on("SIGUSR2", () => {
  collect();
  collect();
  writeFileSync(process.env.QUICKSAND_BENCH_MEMORY_FILE, JSON.stringify(process.memoryUsage()));
});
