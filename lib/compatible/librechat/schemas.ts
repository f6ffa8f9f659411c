import * as z from "zod";
import { MAX_ARGS } from "../../schemas/limits";
import { requestFieldsSchema } from "../../schemas/run";

/** Of the ids that LibreChat passes on: it takes no others for one. */
export const ID_LENGTH = 21;
const ID = /^[\w-]{21}$/;

export function isId(value: string): boolean {
  return ID.test(value);
}

/** As many as one person can have. */
const MAX_REFS = 200;

/** Ids that are none are found to be of no file; names that a program cannot have are told. */
const fileRefSchema = z.object({
  id: z.string().max(100),
  session_id: z.string().max(100),
  name: z.string().max(1_000),
});
export type FileRef = z.infer<typeof fileRefSchema>;

/** `POST /v1/exec`. Who asks is known by the key, so `user_id` and `entity_id` have no effect. */
export const execSchema = z.object({
  lang: z.string().max(64),
  code: requestFieldsSchema.shape.code,
  args: z
    .union([z.array(z.string()).max(MAX_ARGS), z.string().transform((one) => [one])])
    .nullish()
    .transform((given) => given ?? undefined)
    .pipe(requestFieldsSchema.shape.args),
  files: z
    .array(fileRefSchema)
    .max(MAX_REFS)
    .nullish()
    .transform((given) => given ?? []),
});
