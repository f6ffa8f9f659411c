import { Schema, type SchemaOptions } from "mongoose";

export const text = { type: String, required: true } as const;
/** Always present but possibly empty, which mongoose's `required` would reject. */
export const anyText = { type: String, default: "" } as const;
export const number = { type: Number, required: true } as const;
export const date = { type: Date, required: true } as const;
/** JSON whose shape evolves with the product; validated by zod when read. */
export const json = { type: Schema.Types.Mixed, required: true } as const;

/** Collections and indexes are created by migrations, at a known time; undeclared fields are errors. */
export const OPTIONS = {
  strict: "throw",
  strictQuery: "throw",
  versionKey: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
} satisfies SchemaOptions;
