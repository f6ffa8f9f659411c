import { readFileSync } from "node:fs";

const words = readFileSync(0, "utf8").toLowerCase().match(/[a-z]+/g);
const counts = Object.entries(Object.groupBy(words, (word) => word)).map(([word, { length }]) => ({ word, length }));
const sorted = counts.toSorted((a, b) => b.length - a.length || (a.word < b.word ? -1 : 1));

for (const { word, length } of sorted.values().take(5)) {
  console.log(String(length).padStart(3), word);
}
