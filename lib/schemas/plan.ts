import * as z from "zod";

export const planIdSchema = z.enum(["guest", "free", "pro"]);
export type PlanId = z.infer<typeof planIdSchema>;
