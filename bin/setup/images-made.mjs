import { size, textTable } from "./table.mjs";

/**
 * What was made: language, seconds, size; and the totals. The sizes add up to more than the whole, as images share layers.
 * @param {readonly { name: string, ms: number, bytes: number | null }[]} made
 * @param {{ bytes: number | null, ms: number }} whole
 */
export function madeTable(made, whole) {
  const onDisk = whole.bytes === null ? "" : `All images of ours take ${size(whole.bytes)} together.`;
  if (made.length === 0) return ["No image was made.", onDisk].filter(Boolean).join(" ");
  const rows = made.map(({ name, ms, bytes }) => [name, seconds(ms), bytes === null ? "–" : size(bytes)]);
  const table = textTable([["language", "seconds", "size"], ...rows], [1, 2]);
  const total = `${made.length} image${made.length === 1 ? "" : "s"} in ${seconds(whole.ms)} s.`;
  return `\n${table}\n\n${[total, onDisk].filter(Boolean).join(" ")}`;
}

function seconds(ms) {
  return (ms / 1000).toFixed(1);
}
