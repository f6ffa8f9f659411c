import { type Connection, type Model, Schema } from "mongoose";
import type { PlanId } from "../../schemas/plan";
import type { TitleSource } from "../../schemas/program";
import type { StoredProgram } from "../programs";
import { anyText, date, json, number, OPTIONS, text } from "./fields";

/** A program is one document, so that its replacement is one conditional write. */
export interface ProgramDocument {
  _id: string;
  owner: string;
  language: string;
  title: string;
  titleFolded: string;
  titleSource: TitleSource;
  revision: number;
  plan: PlanId;
  files: number;
  tests: number;
  bytes: number;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date | null;
  /** As in `RunRow`, by the last change. */
  order: string;
  content: StoredProgram["content"];
  codeFolded: string;
  searchBytes: number;
}

const programSchema = new Schema<ProgramDocument>(
  {
    _id: text,
    owner: text,
    language: text,
    title: anyText,
    titleFolded: anyText,
    titleSource: text,
    revision: number,
    plan: text,
    files: number,
    tests: number,
    bytes: number,
    createdAt: date,
    updatedAt: date,
    expiresAt: { type: Date, default: null },
    order: text,
    content: json,
    codeFolded: anyText,
    searchBytes: number,
  },
  OPTIONS,
);
/** The first two yield lists in order, the third counts without reading what is large, the fourth makes room, the last prunes. */
programSchema.index({ owner: 1, order: 1 });
programSchema.index({ owner: 1, language: 1, order: 1 });
export const SIZES_INDEX = { owner: 1, bytes: 1 } as const;
programSchema.index(SIZES_INDEX);
export const PLAN_SIZES_INDEX = { plan: 1, order: 1, bytes: 1 } as const;
programSchema.index(PLAN_SIZES_INDEX);
programSchema.index({ expiresAt: 1 });

export function programModelOf(connection: Connection): Model<ProgramDocument> {
  return connection.model<ProgramDocument>("Program", programSchema, "programs");
}
