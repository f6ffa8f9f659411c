/** More would push the list of all languages out of view. */
export const MAX_RECENT = 5;

/** The languages that were picked or run in, the last one first, each once. The same array when nothing changes. */
export function withRecent(recent: readonly string[], id: string): readonly string[] {
  if (recent[0] === id) return recent;
  return [id, ...recent.filter((other) => other !== id)].slice(0, MAX_RECENT);
}
