// npm's piston-client against the server at the given address; prints what it was answered as JSON.
import piston from "piston-client";

const [server] = process.argv.slice(2);
const client = piston({ server });
const runtimes = await client.runtimes();
const sum = await client.execute("python", "import sys\nprint(sum(map(int, sys.argv[1:])), input())", {
  stdin: "typed",
});
const failed = await client.execute({
  language: "python",
  version: "3.x",
  files: [{ name: "solve.py", content: "raise SystemExit(3)" }],
});
const endless = await client.execute("python", "while True: pass", { runTimeout: 1_000 });
const unknown = await client.execute({ language: "python", version: "2.7.18", files: [{ content: "" }] });
console.log(
  JSON.stringify({ languages: runtimes.map(({ language }) => language), sum, failed, endless, unknown }),
);
