"use client";

import { useState } from "react";
import { accountAddress, nextPath } from "@/lib/client/next-path";
import { withoutWait } from "@/lib/client/refusals";
import { signIn } from "@/lib/client/sign-in";
import { type Account, emailSchema, passwordSchema } from "@/lib/schemas/account";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { SubmitButton } from "../form/submit-button";
import { useFields } from "../form/use-fields";
import { TextField } from "../ui/text-field";
import { AccountCard } from "./account-card";
import { AlreadyIn } from "./already-in";
import { type Asked, single } from "./asked";
import { oauthProblem } from "./oauth-problem";
import { keepEmail, keptEmail } from "./typed-email";
import { useEntrance } from "./use-entrance";
import { Ways } from "./ways";

const RULES = {
  email: { schema: emailSchema, subject: "This", empty: "Type your e-mail address." },
  password: { schema: passwordSchema("password"), subject: "The password", empty: "Type your password." },
};

interface SignInFormProps {
  /** `next` and `error` of the address: where to go afterwards, and what the other site's answer came to. */
  asked: Asked;
  account: Account | null;
}

/** For those who have an account. */
export function SignInForm({ asked, account }: SignInFormProps) {
  const next = nextPath(single(asked.next));
  const { form, field, read, refuse } = useFields(RULES);
  const entrance = useEntrance(next, account);
  const [elsewhere, setElsewhere] = useState(() => oauthProblem(single(asked.error)));
  const { problem, busy, retry } = entrance;

  function submit(): void {
    const values = read();
    if (values === null) return;
    setElsewhere(null);
    void entrance.enter(() => signIn(values.email, values.password), refuse);
  }

  if (entrance.already) return <AlreadyIn next={next} />;
  return (
    <AccountCard
      title="Sign in"
      other={{ question: "No account yet?", words: "Sign up", href: accountAddress("/sign-up", next) }}
      notes={["What you have run in this browser comes with you"]}
    >
      {elsewhere ? <FormProblem>{elsewhere}</FormProblem> : null}
      <form
        ref={form}
        // Never a GET: sent before the page is ready, it would put the password into the address.
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="space-y-2"
      >
        <TextField
          label="E-mail"
          type="email"
          autoComplete="email"
          inputMode="email"
          autoCapitalize="off"
          spellCheck={false}
          required
          defaultValue={keptEmail()}
          {...field("email")}
          onInput={({ currentTarget }) => keepEmail(currentTarget.value)}
        />
        <PasswordField label="Password" autoComplete="current-password" required {...field("password")} />
        {problem ? (
          <FormProblem retry={retry}>
            {problem.code === "unauthorized"
              ? "The e-mail address or the password is wrong."
              : withoutWait(problem.message)}
          </FormProblem>
        ) : null}
        <SubmitButton busy={busy} waiting={retry.leftS > 0}>
          Sign in
        </SubmitButton>
      </form>
      <Ways offered={entrance.offered} next={next} onProblem={setElsewhere} />
    </AccountCard>
  );
}
