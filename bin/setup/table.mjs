/** `94.2 MB`, `2.61 GB`, in thousands as `docker images` has them. */
export function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))} ${units[unit]}`;
}

/**
 * A table for the terminal: the first row is its head. Columns are as wide as their widest cell; those named in `right` have their cells at the
 * right, as numbers are read.
 * @param {readonly (readonly string[])[]} rows
 * @param {readonly number[]} [right]
 */
export function textTable(rows, right = []) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const cell = (text, column) =>
    right.includes(column) ? text.padStart(widths[column]) : text.padEnd(widths[column]);
  return rows.map((row) => `  ${row.map(cell).join("  ")}`.trimEnd()).join("\n");
}
