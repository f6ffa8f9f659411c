"use client";

import { LifeBuoy, MailCheck } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { call } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { SubmitButton } from "../form/submit-button";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { buttonStyle } from "../ui/button";
import { TextField } from "../ui/text-field";
import { AccountCard } from "./account-card";
import { NoteCard } from "./note-card";
import { rememberEmail, rememberedEmail } from "./remembered-email";

const RULES = {
  email: {
    schema: ({ emailSchema }: FieldSchemas) => emailSchema,
    subject: "This",
    empty: "Type your e-mail address.",
  },
};

/** Asks for a link to choose another password; where no mail is sent, says who can make one. */
export function ForgotPasswordForm({ mail }: { mail: boolean }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { form, field, read, showServerErrors } = useFields(RULES);
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError: showServerErrors,
    async send({ email }) {
      await call("forgotPassword", { body: { email } });
      setSentTo(email);
    },
  });

  if (!mail) {
    return (
      <NoteCard icon={LifeBuoy} title="Ask for a link">
        <p className="text-base text-muted">
          This Quicksand sends no mail. Whoever runs it can make a link for you by which you choose another
          password; it works once, for 30 minutes.
        </p>
        <Link href="/sign-in" className={buttonStyle()}>
          Back to signing in
        </Link>
      </NoteCard>
    );
  }
  if (sentTo !== null) {
    return (
      <NoteCard icon={MailCheck} title="Look into your mailbox">
        <p className="text-base text-muted">
          If <span className="break-all font-medium text-ink">{sentTo}</span> has an account here, a link is
          on its way to it. It works once, for 30 minutes. Nothing there? Look where spam goes, or check the
          address.
        </p>
        <button type="button" onClick={() => setSentTo(null)} className={buttonStyle()}>
          Try another address
        </button>
      </NoteCard>
    );
  }
  return (
    <AccountCard
      title="Forgotten password"
      alternative={{ question: "Remembered it?", label: "Sign in", href: "/sign-in" }}
      notes={["You get a link to choose another password. Nothing changes until you use it"]}
    >
      <form ref={form} method="post" noValidate onSubmit={submit} className="space-y-2">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="email"
          inputMode="email"
          autoCapitalize="off"
          spellCheck={false}
          required
          defaultValue={rememberedEmail()}
          {...field("email")}
          onInput={({ currentTarget }) => rememberEmail(currentTarget.value)}
        />
        {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
        <SubmitButton busy={busy} waiting={retry.leftS > 0}>
          Send the link
        </SubmitButton>
      </form>
    </AccountCard>
  );
}
