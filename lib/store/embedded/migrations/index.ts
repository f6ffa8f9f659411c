import { AppError } from "../../../errors";
import { runs } from "./0001-runs";
import { charges } from "./0002-charges";
import { accounts } from "./0003-accounts";
import { auditOrigin } from "./0004-audit-origin";
import { sessions } from "./0005-sessions";
import { admins } from "./0006-admins";
import { room } from "./0007-room";
import { moderation } from "./0008-moderation";
import { networks } from "./0009-networks";
import { counts } from "./0010-counts";
import { signUp } from "./0011-sign-up";
import { twoFactor } from "./0012-two-factor";
import { ceilings } from "./0013-ceilings";
import { programs } from "./0014-programs";
import { answers } from "./0015-answers";
import { webhooks } from "./0016-webhooks";
import { sessionFiles } from "./0017-session-files";
import { keyCeilings } from "./0018-key-ceilings";
import { removals } from "./0019-removals";

/** Applied in order, each once. A change of the schema is a new migration at the end, never an edit of an old one. */
export const MIGRATIONS: readonly string[] = [
  runs,
  charges,
  accounts,
  auditOrigin,
  sessions,
  admins,
  room,
  moderation,
  networks,
  counts,
  signUp,
  twoFactor,
  ceilings,
  programs,
  answers,
  webhooks,
  sessionFiles,
  keyCeilings,
  removals,
];

interface Migratable {
  version(): number;
  /** Runs the statements and sets the version, both or neither. */
  advance(sql: string, version: number): void;
}

/** Brings a database up to date. Throws for a database of a later version, which is left untouched. */
export function migrate(database: Migratable, migrations: readonly string[] = MIGRATIONS): void {
  const version = database.version();
  if (version > migrations.length) {
    throw new AppError(
      "store_unavailable",
      `The database has schema ${version}; this Quicksand knows up to ${migrations.length}. Start the newer Quicksand that wrote it, or restore a backup from before.`,
    );
  }
  for (const [index, sql] of migrations.entries()) {
    if (index >= version) database.advance(sql, index + 1);
  }
}
