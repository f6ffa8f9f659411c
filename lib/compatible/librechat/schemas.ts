import * as z from "zod";

/** Of the ids that LibreChat passes on: it takes no others for one. */
export const ID_LENGTH = 21;
const ID = /^[\w-]{21}$/;

export function isId(value: string): boolean {
  return ID.test(value);
}

const fileRefSchema = z.object({ id: z.string(), session_id: z.string(), name: z.string() });
export type FileRef = z.infer<typeof fileRefSchema>;

/** `POST /v1/exec`. Who asks is known by the key, so `user_id` and `entity_id` have no effect. */
export const execSchema = z.object({
  lang: z.string(),
  code: z.string(),
  args: z
    .union([z.array(z.string()), z.string().transform((one) => [one])])
    .nullish()
    .transform((given) => given ?? []),
  files: z
    .array(fileRefSchema)
    .nullish()
    .transform((given) => given ?? []),
});
