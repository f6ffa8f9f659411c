import * as z from "zod";
import { AppError } from "../errors";
import { moderationReasonSchema } from "../schemas/moderation";
import type { Visibility } from "./index";
import type { Complaint, Takedown } from "./moderation";

/** Cases on a page: each may have many long reports. */
export const CASE_PAGE_ROWS = 20;

const storedDate = z.union([z.string(), z.date()]).pipe(z.coerce.date());

export const storedTakedownSchema = z.object({
  at: storedDate,
  reason: moderationReasonSchema,
  note: z.string(),
}) satisfies z.ZodType<Takedown>;

export const storedComplaintsSchema = z.array(
  z.object({
    reporter: z.string(),
    from: z.enum(["guest", "user"]),
    reason: moderationReasonSchema,
    text: z.string(),
    at: storedDate,
  }),
) satisfies z.ZodType<Complaint[]>;

/** What decides about a viewer who asks for a run. */
export interface Guarded {
  owner: string;
  visibility: Visibility;
  takedown: Takedown | null;
}

/**
 * Who may see a run: its owner, and anybody who has its id once it is shared, unless its owner's account is suspended. Throws `gone` for
 * those who could see it had it not been taken down.
 */
export function mayRead(run: Guarded, viewer: string | null, ownerSuspended: boolean): boolean {
  if (run.owner === viewer) return true;
  if (run.visibility === "private" || ownerSuspended) return false;
  if (run.takedown !== null) {
    throw new AppError(
      "gone",
      "This run was taken down by the people who run this Quicksand, and cannot be seen any more.",
    );
  }
  return true;
}

/** For an owner who wants to share what was taken down. */
export function staysDown(): AppError {
  return new AppError(
    "forbidden",
    "This run was taken down and cannot be shared; its page says why. Ask whoever runs this Quicksand if you think that is wrong.",
  );
}
