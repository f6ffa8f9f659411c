import { Schema, type SchemaOptions } from "mongoose";

export const text = { type: String, required: true } as const;
/** Always there, but may be empty, which mongoose's `required` takes for absent. */
export const anyText = { type: String, default: "" } as const;
export const number = { type: Number, required: true } as const;
export const date = { type: Date, required: true } as const;
/** JSON-like parts that grow with the product; their shape is checked by zod when they are read. */
export const json = { type: Schema.Types.Mixed, required: true } as const;

/** Collections and indexes are made by migrations, at a known time; a field nobody declared is a mistake. */
export const OPTIONS = {
  strict: "throw",
  strictQuery: "throw",
  versionKey: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
} satisfies SchemaOptions;
