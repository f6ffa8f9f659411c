"use client";

import { call } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import type { Account } from "@/lib/schemas/account";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Spinner } from "../ui/spinner";
import { TextField } from "../ui/text-field";

type User = NonNullable<Account["user"]>;

interface DeleteAccountDialogProps {
  user: User;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Deletion is final, so it takes the typed address (no accident) and the password (nobody else at an unlocked screen). */
export function DeleteAccountDialog({ user, open, onOpenChange }: DeleteAccountDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Delete your account?"
      description="Your profile, preferences, API keys and every run go, at once and for good. Links you shared and programs that use your keys stop working."
    >
      <Confirmation user={user} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Confirmation({ user, onClose }: { user: User; onClose: () => void }) {
  const hasPassword = user.ways.includes("password");
  const { email, password } = rulesFor(user.email);
  // Without a password there is no field for it, and nothing to check.
  const rules = hasPassword ? { email, password } : { email };
  const { form, field, read, showServerErrors } = useFields<"email" | "password">(
    rules as ReturnType<typeof rulesFor>,
  );
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError: showServerErrors,
    leavesPage: true,
    async send({ email, password }) {
      await call("deleteAccount", { body: { email, ...(hasPassword && { password }) } });
      // A full page load: nothing of the account stays on the page, in memory or in the request cache.
      window.location.assign("/");
    },
  });

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="mt-4 space-y-2">
      <TextField
        label="Your e-mail address"
        type="email"
        placeholder={user.email}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...field("email")}
      />
      {hasPassword ? (
        <PasswordField label="Your password" autoComplete="current-password" {...field("password")} />
      ) : null}
      {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger" aria-busy={busy} disabled={retry.leftS > 0}>
          {busy ? <Spinner /> : null}
          Delete account
        </Button>
      </div>
    </form>
  );
}

function rulesFor(own: string) {
  return {
    email: {
      schema: ({ ownEmailSchema }: FieldSchemas) => ownEmailSchema(own),
      subject: "This",
      empty: `Type ${own} to confirm.`,
    },
    password: {
      schema: ({ passwordSchema }: FieldSchemas) => passwordSchema("password"),
      subject: "The password",
      empty: "Type your password.",
    },
  };
}
