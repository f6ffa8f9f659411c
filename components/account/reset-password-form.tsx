"use client";

import { KeyRound, Link2Off } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { call } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import { MIN_PASSWORD_CHARS } from "@/lib/schemas/limits";
import { CheckboxField } from "../form/checkbox-field";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { SubmitButton } from "../form/submit-button";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { buttonStyle } from "../ui/button";
import { AccountCard } from "./account-card";
import { NoteCard } from "./note-card";
import { useLinkToken } from "./use-link-token";

const RULES = {
  newPassword: {
    schema: ({ newPasswordSchema }: FieldSchemas) => newPasswordSchema("newPassword"),
    subject: "The new password",
    empty: "Choose a new password.",
  },
};

/** Chooses another password by the link that the page was opened with. */
export function ResetPasswordForm() {
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const [dead, setDead] = useState(false);
  const [revokeKeys, setRevokeKeys] = useState(false);
  const { form, field, read, showServerErrors } = useFields(RULES);
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError(error) {
      if (!error.details.some(({ path }) => path === "token")) return showServerErrors(error);
      setDead(true);
      return true;
    },
    async send({ newPassword }) {
      await call("resetPassword", { body: { token: token ?? "", newPassword, revokeKeys } });
      setDone(true);
    },
  });

  if (done) {
    return (
      <NoteCard icon={KeyRound} title="Your password is changed">
        <p className="text-base text-muted">
          Every session of yours has ended{revokeKeys ? ", and your API keys are revoked" : ""}. Sign in with
          the new password.
        </p>
        <Link href="/sign-in" className={buttonStyle({ variant: "primary" })}>
          Sign in
        </Link>
      </NoteCard>
    );
  }
  if (token === null || dead) return <DeadLink />;
  return (
    <AccountCard
      title="Choose another password"
      alternative={{ question: "Remembered it?", label: "Sign in", href: "/sign-in" }}
      notes={["Every session of yours ends, so whoever else was signed in is not any more"]}
    >
      <form ref={form} method="post" noValidate onSubmit={submit} className="space-y-2">
        <PasswordField
          label="New password"
          autoComplete="new-password"
          hint={`At least ${MIN_PASSWORD_CHARS} characters; the longer the better.`}
          required
          {...field("newPassword")}
        />
        <CheckboxField
          label="Revoke my API keys too"
          hint="If somebody else knew the password, they may have made one."
          checked={revokeKeys}
          onChange={setRevokeKeys}
        />
        {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
        <SubmitButton busy={busy} waiting={retry.leftS > 0 || token === undefined}>
          Change password
        </SubmitButton>
      </form>
    </AccountCard>
  );
}

function DeadLink() {
  return (
    <NoteCard icon={Link2Off} title="This link does not work">
      <p className="text-base text-muted">
        It was used already, has expired, or was not copied as a whole. A link works once, for 30 minutes.
      </p>
      <Link href="/forgot-password" className={buttonStyle({ variant: "primary" })}>
        Ask for another one
      </Link>
    </NoteCard>
  );
}
