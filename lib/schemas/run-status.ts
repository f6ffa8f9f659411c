// Apart from the schemas: pages that filter by them need not load what those are written in before they show.

/** How a run ended; docs/architecture.md says when each applies. */
export const RUN_STATUSES = [
  "success",
  "error",
  "compile_error",
  "timeout",
  "memory_limit",
  "output_limit",
  "cancelled",
  "system_error",
] as const;

/** A run that has no result yet is `running`. */
export const STORED_STATUSES = ["running", ...RUN_STATUSES] as const;
