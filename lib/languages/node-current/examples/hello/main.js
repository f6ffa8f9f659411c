import { createInterface } from "node:readline/promises";

const greet = (name) => `Hello, ${name}!`;

for await (const line of createInterface({ input: process.stdin })) {
  console.log(greet(line.trim()));
}
