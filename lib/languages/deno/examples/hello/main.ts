const greet = (name: string): string => `Hello, ${name}!`;

// The input is a stream of the web's kind.
const text = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
let rest = "";
for await (const part of text) {
  const lines = (rest + part).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) console.log(greet(line.trim()));
}
if (rest !== "") console.log(greet(rest));
