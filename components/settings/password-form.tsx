"use client";

import { useState } from "react";
import { mutate } from "swr";
import { useAccount } from "@/lib/client/account";
import { call } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import { toast } from "@/lib/client/toast";
import { MIN_PASSWORD_CHARS } from "@/lib/schemas/limits";
import { CheckboxField } from "../form/checkbox-field";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";

const NEW = {
  newPassword: {
    schema: ({ newPasswordSchema }: FieldSchemas) => newPasswordSchema("newPassword"),
    subject: "The new password",
    empty: "Choose a new password.",
  },
};
const CHANGE = {
  currentPassword: {
    schema: ({ passwordSchema }: FieldSchemas) => passwordSchema("currentPassword"),
    subject: "The current password",
    empty: "Type your current password.",
  },
  ...NEW,
};

interface PasswordFormProps {
  email: string;
  /** An account without a password (signed up by GitHub or Google) has no current one to ask for. */
  hasPassword: boolean;
  onClose: () => void;
}

/** Changes the password, or sets the first one of an account that signs in with GitHub or Google. */
export function PasswordForm({ email, hasPassword, onClose }: PasswordFormProps) {
  const { refresh } = useAccount();
  const [revokeKeys, setRevokeKeys] = useState(false);
  const rules: Partial<typeof CHANGE> & typeof NEW = hasPassword ? CHANGE : NEW;
  const { form, field, read, showServerErrors } = useFields<keyof typeof CHANGE>(rules as typeof CHANGE);
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError: showServerErrors,
    async send(body) {
      await call("changePassword", { body: { ...body, revokeKeys } });
      toast(hasPassword ? "Password changed" : "Password set", {
        description: revokeKeys
          ? "Every other session of yours has ended, and your API keys are revoked."
          : "Every other session of yours has ended.",
      });
      await Promise.all([refresh(), mutate("sessions"), mutate("keys")]);
      onClose();
    },
  });

  return (
    <form
      ref={form}
      method="post"
      noValidate
      onSubmit={submit}
      aria-label={hasPassword ? "Change password" : "Set a password"}
      className="border-line border-b bg-sunken px-4 py-4"
    >
      <div className="max-w-sm space-y-2">
        {/* For password managers, which need the user name in the form. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        {hasPassword ? (
          <PasswordField
            label="Current password"
            autoComplete="current-password"
            required
            {...field("currentPassword")}
          />
        ) : null}
        <PasswordField
          label="New password"
          autoComplete="new-password"
          required
          hint={`At least ${MIN_PASSWORD_CHARS} characters.`}
          {...field("newPassword")}
        />
        {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
        <p className="text-base text-muted">You stay signed in here. Every other session of yours ends.</p>
        <CheckboxField
          label="Revoke my API keys too"
          hint="If somebody else knew the password, they may have made one."
          checked={revokeKeys}
          onChange={setRevokeKeys}
        />
        <div className="flex gap-2 pt-1">
          <Button type="submit" variant="primary" aria-busy={busy} disabled={retry.leftS > 0}>
            {busy ? <Spinner /> : null}
            {hasPassword ? "Change password" : "Set password"}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </div>
    </form>
  );
}
