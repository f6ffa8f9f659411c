/** A duration for people: `12 ms`, `1.24 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** A size for people, in units of 1024 like the limits: `8.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const inKb = bytes / 1024;
  if (inKb < 1024) return `${inKb < 10 ? inKb.toFixed(1) : Math.round(inKb)} KB`;
  const inMb = inKb / 1024;
  if (inMb < 1024) return `${inMb < 100 ? inMb.toFixed(1) : Math.round(inMb)} MB`;
  const inGb = inMb / 1024;
  return `${inGb < 100 ? inGb.toFixed(1) : Math.round(inGb)} GB`;
}
