import type { ModerationReason } from "@/lib/schemas/moderation";

/** Reasons as people read them. */
export const REASON_WORDS: Readonly<Record<ModerationReason, string>> = {
  malware: "Harmful software or an attack",
  harassment: "Harassment or hate",
  private_data: "Somebody's private data",
  illegal: "Against the law",
  spam: "Spam or fraud",
  other: "Something else",
};
