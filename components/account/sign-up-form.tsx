"use client";

import Link from "next/link";
import { useState } from "react";
import { accountAddress, nextPath } from "@/lib/client/next-path";
import { withoutWait } from "@/lib/client/refusals";
import { signUp, TAKEN } from "@/lib/client/sign-in";
import { type Account, MAX_NAME_CHARS, MIN_PASSWORD_CHARS, signUpSchema } from "@/lib/schemas/account";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { SubmitButton } from "../form/submit-button";
import { useFields } from "../form/use-fields";
import { TextField } from "../ui/text-field";
import { AccountCard } from "./account-card";
import { AlreadyIn } from "./already-in";
import { type Asked, single } from "./asked";
import { keepEmail, keptEmail } from "./typed-email";
import { useEntrance } from "./use-entrance";
import { Ways } from "./ways";

const { email, password, name } = signUpSchema.shape;

const RULES = {
  name: { schema: name, subject: "The name", empty: "Type your name." },
  email: { schema: email, subject: "This", empty: "Type your e-mail address." },
  password: { schema: password, subject: "The password", empty: "Choose a password." },
};

interface SignUpFormProps {
  /** `next` of the address: where to go afterwards. */
  asked: Asked;
  account: Account | null;
  /** What an account has that a guest has not. */
  gains: readonly string[];
}

/** For those who want an account. */
export function SignUpForm({ asked, account, gains }: SignUpFormProps) {
  const next = nextPath(single(asked.next));
  const { form, field, read, refuse } = useFields(RULES);
  const entrance = useEntrance(next, account);
  const [elsewhere, setElsewhere] = useState<string | null>(null);
  const { problem, busy, retry } = entrance;

  function submit(): void {
    const values = read();
    if (values === null) return;
    setElsewhere(null);
    const { name, ...rest } = values;
    const body = name.trim() === "" ? rest : values;
    void entrance.enter(() => signUp(body), refuse);
  }

  if (entrance.already) return <AlreadyIn next={next} />;
  return (
    <AccountCard
      title="Sign up"
      other={{ question: "Have an account?", words: "Sign in", href: accountAddress("/sign-in", next) }}
      notes={["What you have run in this browser comes with you", ...gains]}
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
          label="Name"
          autoComplete="name"
          maxLength={MAX_NAME_CHARS}
          hint="Optional"
          {...field("name")}
        />
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
        <PasswordField
          label="Password"
          autoComplete="new-password"
          hint={`At least ${MIN_PASSWORD_CHARS} characters; the longer the better.`}
          required
          {...field("password")}
        />
        {problem ? (
          <FormProblem retry={retry}>
            {problem.code === TAKEN ? <MaybeTaken next={next} /> : withoutWait(problem.message)}
          </FormProblem>
        ) : null}
        <SubmitButton busy={busy} waiting={retry.leftS > 0}>
          Sign up
        </SubmitButton>
      </form>
      <Ways offered={entrance.offered} next={next} onProblem={setElsewhere} />
    </AccountCard>
  );
}

/** Says what helps without saying whether there is such an account: the server does not tell that to anybody. */
function MaybeTaken({ next }: { next: string }) {
  return (
    <>
      You are not signed in yet. If you already have an account with this address,{" "}
      <Link href={accountAddress("/sign-in", next)} className="font-medium underline underline-offset-2">
        sign in with its password
      </Link>
      .
    </>
  );
}
