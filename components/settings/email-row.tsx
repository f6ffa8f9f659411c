"use client";

import { BadgeCheck } from "lucide-react";
import { useState } from "react";
import { ApiError, call } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import { toast } from "@/lib/client/toast";
import type { Account } from "@/lib/schemas/account";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";
import { CardRow } from "../ui/card";
import { Spinner } from "../ui/spinner";
import { TextField } from "../ui/text-field";

interface EmailRowProps {
  user: NonNullable<Account["user"]>;
  /** Whether this server sends mail. */
  mail: boolean;
}

/** The account's address: whether it is proven, and the way to another one. */
export function EmailRow({ user, mail }: EmailRowProps) {
  const [changing, setChanging] = useState(false);
  return (
    <>
      <CardRow label="E-mail" hint={hintOf(user, mail)}>
        <div className="flex flex-wrap items-center gap-2">
          <span className="break-all">{user.email}</span>
          {user.emailProven ? (
            <span className="flex items-center gap-1 text-good text-sm">
              <BadgeCheck aria-hidden="true" className="size-4" />
              confirmed
            </span>
          ) : mail ? (
            <SendProof />
          ) : null}
          {mail ? (
            <Button aria-expanded={changing} onClick={() => setChanging(!changing)}>
              Change address
            </Button>
          ) : null}
        </div>
      </CardRow>
      {changing ? <EmailForm user={user} onClose={() => setChanging(false)} /> : null}
    </>
  );
}

function hintOf({ emailProven }: EmailRowProps["user"], mail: boolean): string | undefined {
  if (!mail) return "This Quicksand sends no mail: for a forgotten password, ask whoever runs it for a link.";
  return emailProven ? undefined : "Not confirmed yet. Open the link that was sent there when you signed up.";
}

function SendProof() {
  const [sent, setSent] = useState(false);
  async function send(): Promise<void> {
    setSent(true);
    try {
      await call("sendEmailProof");
      toast("A link is on its way to your address");
    } catch (error) {
      setSent(false);
      const description = error instanceof ApiError ? error.message : "Try again.";
      toast("The link could not be sent", { description });
    }
  }
  return (
    <Button disabled={sent} onClick={() => void send()}>
      Send the link again
    </Button>
  );
}

const RULES = {
  email: {
    schema: ({ emailSchema }: FieldSchemas) => emailSchema,
    subject: "This",
    empty: "Type the new address.",
  },
  password: {
    schema: ({ passwordSchema }: FieldSchemas) => passwordSchema("password"),
    subject: "The password",
    empty: "Type your password.",
  },
};
const WITHOUT_PASSWORD = { email: RULES.email };

function EmailForm({ user, onClose }: { user: EmailRowProps["user"]; onClose: () => void }) {
  const hasPassword = user.ways.includes("password");
  const rules: Partial<typeof RULES> & typeof WITHOUT_PASSWORD = hasPassword ? RULES : WITHOUT_PASSWORD;
  const { form, field, read, showServerErrors } = useFields<keyof typeof RULES>(rules as typeof RULES);
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError: showServerErrors,
    async send(body) {
      await call("changeEmail", { body });
      toast("A link is on its way to the new address", {
        description: "Your account has the old one until you open it.",
      });
      onClose();
    },
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      onSubmit={submit}
      aria-label="Change address"
      className="border-line border-b bg-sunken px-4 py-4"
    >
      <div className="max-w-sm space-y-2">
        <TextField
          label="New address"
          type="email"
          autoComplete="email"
          inputMode="email"
          autoCapitalize="off"
          spellCheck={false}
          required
          {...field("email")}
        />
        {hasPassword ? (
          <PasswordField
            label="Your password"
            autoComplete="current-password"
            required
            {...field("password")}
          />
        ) : null}
        {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
        <p className="text-base text-muted">
          The new address counts once you open the link that is sent there. The old one is told.
        </p>
        <div className="flex gap-2 pt-1">
          <Button type="submit" variant="primary" aria-busy={busy} disabled={retry.leftS > 0}>
            {busy ? <Spinner /> : null}
            Send the link
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </div>
    </form>
  );
}
