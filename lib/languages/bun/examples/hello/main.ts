const greet = (name: string): string => `Hello, ${name}!`;

// The console is also the input, line by line.
for await (const line of console) {
  console.log(greet(line.trim()));
}
