import { type Connection, type Model, Schema } from "mongoose";
import type { SessionFileHead } from "../session-files";
import { anyText, date, number, OPTIONS, text } from "./fields";

export interface SessionFileRow extends Omit<SessionFileHead, "id"> {
  _id: string;
  /** Its place among those of one call. */
  place: number;
  bytes: Buffer;
}

/** In the order in which they are listed. Named in the query: servers other than MongoDB's own may take none by themselves. */
export const FILES_OF_SESSION = { session: 1, owner: 1, createdAt: 1, place: 1 } as const;

const sessionFileSchema = new Schema<SessionFileRow>(
  {
    ...{ _id: text, session: text, owner: text, plan: text, name: anyText, type: anyText, size: number },
    ...{ createdAt: date, expiresAt: date, place: number },
    bytes: Buffer,
  },
  OPTIONS,
);
sessionFileSchema.index({ owner: 1, createdAt: -1, place: -1, size: 1 });
sessionFileSchema.index({ plan: 1, createdAt: -1, place: -1, size: 1 });
sessionFileSchema.index(FILES_OF_SESSION);
sessionFileSchema.index({ expiresAt: 1 });

export function sessionFileModelOf(connection: Connection): Model<SessionFileRow> {
  return connection.model<SessionFileRow>("SessionFile", sessionFileSchema, "session_files");
}
