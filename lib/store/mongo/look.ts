import mongoose from "mongoose";
import * as z from "zod";
import type { StoreLook } from "../look";
import { MIGRATIONS, RESTORE_ID, SCHEMA_ID } from "./migrations";

const helloSchema = z.looseObject({ localTime: z.date().optional() });
const statsSchema = z.looseObject({ storageSize: z.number().optional(), indexSize: z.number().optional() });

/** Throws when the server does not answer within `limitMs` or refuses the sign-in. */
export async function lookAtMongo(uri: string, limitMs: number): Promise<StoreLook> {
  const connection = mongoose.createConnection();
  connection.on("error", () => {});
  try {
    await connection.openUri(uri, {
      ...{ serverSelectionTimeoutMS: limitMs, connectTimeoutMS: limitMs, socketTimeoutMS: limitMs },
      ...{ autoIndex: false, autoCreate: false, appName: "quicksand-doctor" },
    });
    const { db } = connection;
    if (!db) throw new Error("The address names no database.");
    const { localTime } = helloSchema.parse(await db.command({ hello: 1 }));
    const now = Date.now();
    const { storageSize = 0, indexSize = 0 } = statsSchema.parse(await db.command({ dbStats: 1 }));
    const schemas = db.collection<{ _id: string; version?: number }>("schema");
    const schema = await schemas.findOne({ _id: SCHEMA_ID });
    return {
      ...{ kind: "mongodb", schema: schema?.version ?? null, knownSchema: MIGRATIONS.length },
      bytes: storageSize + indexSize,
      clockAheadMs: localTime ? localTime.getTime() - now : null,
      halfRestored: (await schemas.findOne({ _id: RESTORE_ID })) !== null,
    };
  } finally {
    await connection.close(true);
  }
}
