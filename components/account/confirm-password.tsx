"use client";

import { useAccount } from "@/lib/client/account";
import { call } from "@/lib/client/api";
import { usePendingConfirmation } from "@/lib/client/confirmation";
import { withoutRetryHint } from "@/lib/client/error-text";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Spinner } from "../ui/spinner";
import { OAuthButtons } from "./oauth-buttons";

const RULES = {
  password: {
    schema: ({ passwordSchema }: FieldSchemas) => passwordSchema("password"),
    subject: "The password",
    empty: "Type your password.",
  },
};

/** Asks for the password when the server wants it again, and lets the request that waits go on. One per page. */
export function ConfirmPassword() {
  const pending = usePendingConfirmation();
  const user = useAccount().account?.user ?? null;
  const hasPassword = user === null || user.ways.includes("password");
  return (
    <Dialog
      open={pending !== null}
      onOpenChange={(open) => (open ? undefined : pending?.answer(false))}
      title="Is it you?"
      description={
        hasPassword
          ? "You signed in a while ago. For this, give your password again; it then counts for ten minutes."
          : "You signed in a while ago. For this, sign in again; it then counts for ten minutes."
      }
    >
      {hasPassword ? (
        <Password
          email={user?.email ?? ""}
          onGiven={() => pending?.answer(true)}
          onCancel={() => pending?.answer(false)}
        />
      ) : (
        <Elsewhere onCancel={() => pending?.answer(false)} />
      )}
    </Dialog>
  );
}

interface PasswordProps {
  email: string;
  onGiven: () => void;
  onCancel: () => void;
}

function Password({ email, onGiven, onCancel }: PasswordProps) {
  const { form, field, read, showServerErrors } = useFields(RULES);
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError: showServerErrors,
    async send(body) {
      await call("confirm", { body });
      onGiven();
    },
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      aria-label="Confirm with your password"
      onSubmit={submit}
      className="mt-4 space-y-2"
    >
      {/* For password managers, which need the user name in the form. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField label="Your password" autoComplete="current-password" required {...field("password")} />
      {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" aria-busy={busy} disabled={retry.leftS > 0}>
          {busy ? <Spinner /> : null}
          Confirm
        </Button>
      </div>
    </form>
  );
}

/** For an account without a password: signing in again is how its owner shows that it is them. */
function Elsewhere({ onCancel }: { onCancel: () => void }) {
  const { account } = useAccount();
  const ways = (account?.user?.ways ?? []).filter((way) => way !== "password");
  const here = typeof window === "undefined" ? "/settings" : window.location.pathname;
  return (
    <div className="mt-4 space-y-3">
      <OAuthButtons offered={ways} next={here} onProblem={() => {}} />
      <div className="flex justify-end">
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </div>
  );
}
