import type { Model } from "mongoose";
import { isDuplicate } from "./database";

/** Skips rows that exist: they are our own, from a write whose answer was lost or an import that was cut short. */
export async function insertNew<Row>(model: Model<Row>, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  try {
    await model.insertMany(rows, { ordered: false, throwOnValidationError: true });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
