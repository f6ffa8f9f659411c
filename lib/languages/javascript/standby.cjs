/**
 * Holds Node.js up until there is a program: then descriptor 6 has a line that says where its input is (`-` is where it is) and what
 * arguments there are, with odd bytes as octal escapes. What Node.js would load at the first word of output is loaded before.
 */
"use strict";
const { isMainThread } = require("node:worker_threads");
if (isMainThread) {
  const fs = require("node:fs");
  for (const name of ["net", "tty", "stream", "util"]) require(`node:${name}`);
  process.execArgv.splice(process.execArgv.indexOf(__filename) - 1, 2);
  const part = Buffer.alloc(65536);
  let line = "";
  while (!line.endsWith("\n")) line += part.latin1Slice(0, fs.readSync(6, part));
  fs.closeSync(6);
  const [source, ...words] = line.slice(0, -1).split(" ");
  if (source !== "-") {
    fs.closeSync(0);
    fs.openSync(source, "r");
  }
  const byte = (_, octal) => String.fromCharCode(Number.parseInt(octal, 8));
  for (const word of words) {
    const bytes = word.slice(1).replace(/\\0([0-7]{3})/g, byte);
    process.argv.push(Buffer.from(bytes, "latin1").toString());
  }
  delete require.cache[__filename];
}
