"use client";

import type { AdminUser, AdminUserChange } from "@/lib/schemas/admin";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { useLastNonNull } from "../use-last-non-null";

/** A change that waits for the admin's confirmation. */
export interface PendingUserChange {
  question: "suspend" | "grant" | "withdraw";
  user: AdminUser;
}

interface Question {
  title: (email: string) => string;
  description: string;
  action: string;
  danger: boolean;
  change: AdminUserChange;
  doneText: (email: string) => string;
}

const QUESTIONS: Readonly<Record<PendingUserChange["question"], Question>> = {
  suspend: {
    title: (email) => `Suspend ${email}?`,
    description:
      "They are signed out everywhere, their API keys stop working, and they cannot sign in until you resume the account. Others cannot see what they have shared. Nothing of theirs is deleted.",
    action: "Suspend",
    danger: true,
    change: { suspended: true },
    doneText: (email) => `${email} is suspended`,
  },
  grant: {
    title: (email) => `Make ${email} an admin?`,
    description:
      "Admins see all accounts and the audit log, change plans, suspend accounts and make other admins: you too can be suspended by them.",
    action: "Make an admin",
    danger: false,
    change: { admin: true },
    doneText: (email) => `${email} is an admin now`,
  },
  withdraw: {
    title: (email) => `Withdraw admin from ${email}?`,
    description: "They keep their account and lose this page from their next request on.",
    action: "Withdraw",
    danger: true,
    change: { admin: false },
    doneText: (email) => `${email} is no admin any more`,
  },
};

interface UserConfirmDialogProps {
  /** `null` while nothing is to be confirmed. */
  pending: PendingUserChange | null;
  onClose: () => void;
  onChange: (user: AdminUser, change: AdminUserChange, doneText: string) => Promise<boolean>;
}

export function UserConfirmDialog({ pending, onClose, onChange }: UserConfirmDialogProps) {
  const shown = useLastNonNull(pending);
  if (shown === null) return null;
  const { email } = shown.user;
  const { title, description, action, danger, change, doneText } = QUESTIONS[shown.question];
  return (
    <ConfirmDialog
      open={pending !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title(email)}
      description={description}
      action={action}
      danger={danger}
      onConfirm={() => onChange(shown.user, change, doneText(email))}
    />
  );
}
