import { createInterface } from "node:readline";

interface Greeting {
  name: string;
}

const greet = ({ name }: Greeting): string => `Hello, ${name}!`;

createInterface({ input: process.stdin }).on("line", (line) => console.log(greet({ name: line.trim() })));
