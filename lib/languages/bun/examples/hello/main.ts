const greet = (name: string): string => `Hello, ${name}!`;

const input = await Bun.stdin.text();
for (const line of input.split("\n").filter(Boolean)) {
  console.log(greet(line.trim()));
}
