const text = await Bun.stdin.text();

const counts = new Map<string, number>();
for (const [word] of text.toLowerCase().matchAll(/[a-z]+/g)) {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
for (const [word, count] of sorted.slice(0, 5)) {
  console.log(String(count).padStart(3), word);
}
