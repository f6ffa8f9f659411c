/** Why a run is reported, and why it is taken down. Apart from the schemas, which a page with a run need not load before it shows. */
export const MODERATION_REASONS = [
  "malware",
  "harassment",
  "private_data",
  "illegal",
  "spam",
  "other",
] as const;
