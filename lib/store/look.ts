/** What can be seen of a database without opening it as a store, which would migrate it. */
export interface StoreLook {
  kind: "embedded" | "mongodb";
  /** `null` where there is none yet. */
  schema: number | null;
  /** The schema of this Quicksand. */
  knownSchema: number;
  bytes: number;
  /** By how much the database's clock is ahead of ours; `null` where it has none. */
  clockAheadMs: number | null;
  /** A backup was restored in part. */
  halfRestored: boolean;
}
