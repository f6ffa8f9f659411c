const readline = require("node:readline");

const greet = (name) => `Hello, ${name}!`;

readline.createInterface({ input: process.stdin }).on("line", (line) => console.log(greet(line.trim())));
