import { AppError } from "../errors";

/**
 * For what reads a store beside its server, or without one, and so must not migrate it. `version` is that of the database, `null` where there is
 * none, `known` this Quicksand's, and `where` is in words. Throws `store_unavailable` unless they are the same.
 */
export function assertSchemaVersion(version: number | null, known: number, where: string): void {
  if (version === known) return;
  if (version === null) throw unavailable(`There is no database ${where}: start Quicksand first.`);
  const remedy =
    version > known
      ? "Use the newer Quicksand that wrote it."
      : "Start this version of Quicksand once, then try again.";
  throw unavailable(`The database has schema ${version}; this Quicksand has ${known}. ${remedy}`);
}

function unavailable(message: string): AppError {
  return new AppError("store_unavailable", message);
}
