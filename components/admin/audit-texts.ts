import type { AuditAction } from "@/lib/schemas/admin";

/** Predicates of audit sentences: actor, text, then the subject if it is another account. */
export const AUDIT_TEXTS: Readonly<Record<AuditAction, { words: string; tone: "plain" | "warn" | "admin" }>> =
  {
    sign_up: { words: "signed up", tone: "plain" },
    sign_up_refused: { words: "tried to sign up with an address that has an account", tone: "warn" },
    sign_in: { words: "signed in", tone: "plain" },
    sign_in_failed: { words: "failed to sign in", tone: "warn" },
    sign_out: { words: "signed out", tone: "plain" },
    password_changed: { words: "changed their password", tone: "plain" },
    account_deleted: { words: "deleted their account", tone: "warn" },
    data_exported: { words: "exported their data", tone: "plain" },
    key_created: { words: "made an API key", tone: "plain" },
    key_revoked: { words: "revoked an API key", tone: "plain" },
    admin_plan_changed: { words: "changed the plan of", tone: "admin" },
    admin_suspended: { words: "suspended", tone: "admin" },
    admin_resumed: { words: "resumed", tone: "admin" },
    admin_granted: { words: "made an admin of", tone: "admin" },
    admin_withdrawn: { words: "withdrew admin from", tone: "admin" },
  };
