import type { AuditAction } from "@/lib/schemas/admin";

/** Predicates of audit sentences: actor, text, then the subject if it is another account. */
export const AUDIT_TEXTS: Readonly<Record<AuditAction, { text: string; tone: "plain" | "warn" | "admin" }>> =
  {
    sign_up: { text: "signed up", tone: "plain" },
    sign_up_refused: { text: "tried to sign up with an address that has an account", tone: "warn" },
    sign_in: { text: "signed in", tone: "plain" },
    sign_in_failed: { text: "failed to sign in", tone: "warn" },
    sign_out: { text: "signed out", tone: "plain" },
    session_ended: { text: "ended a session", tone: "plain" },
    sessions_ended: { text: "ended their other sessions", tone: "plain" },
    identity_linked: { text: "linked an account elsewhere to theirs", tone: "plain" },
    password_changed: { text: "changed their password", tone: "plain" },
    password_forgotten: { text: "asked for a link to choose another password", tone: "warn" },
    password_reset: { text: "chose another password by a link", tone: "warn" },
    email_proven: { text: "proved their e-mail address", tone: "plain" },
    email_change_asked: { text: "asked for another e-mail address", tone: "plain" },
    email_changed: { text: "changed their e-mail address", tone: "warn" },
    account_deleted: { text: "deleted their account", tone: "warn" },
    data_exported: { text: "exported their data", tone: "plain" },
    key_created: { text: "made an API key", tone: "plain" },
    key_revoked: { text: "revoked an API key", tone: "plain" },
    admin_plan_changed: { text: "changed the plan of", tone: "admin" },
    admin_suspended: { text: "suspended", tone: "admin" },
    admin_resumed: { text: "resumed", tone: "admin" },
    admin_granted: { text: "made an admin of", tone: "admin" },
    admin_reset_link: { text: "made a password link for", tone: "admin" },
    admin_withdrawn: { text: "withdrew admin from", tone: "admin" },
    admin_run_taken_down: { text: "took down a run of", tone: "admin" },
    admin_run_restored: { text: "restored a run of", tone: "admin" },
    admin_report_dismissed: { text: "dismissed the reports of a run of", tone: "admin" },
    admin_audit_exported: { text: "exported the audit log", tone: "admin" },
  };
