"use client";

import Link from "next/link";
import { useState } from "react";
import { ApiError } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import { accountUrl, nextPath } from "@/lib/client/next-path";
import { nextAfterProvider, type SecondStepOf, signIn, TWO_FACTOR_REQUIRED } from "@/lib/client/sign-in";
import type { Account } from "@/lib/schemas/account";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { SubmitButton } from "../form/submit-button";
import { useFields } from "../form/use-fields";
import { TextField } from "../ui/text-field";
import { AccountCard } from "./account-card";
import { AlreadySignedIn } from "./already-signed-in";
import { OAuthButtons } from "./oauth-buttons";
import { oauthProblem } from "./oauth-problem";
import { rememberEmail, rememberedEmail } from "./remembered-email";
import { firstValue, type SearchParams } from "./search-params";
import { SecondStep } from "./second-step";
import { useAuthForm } from "./use-auth-form";
import { useLinkToken } from "./use-link-token";

const RULES = {
  email: {
    schema: ({ emailSchema }: FieldSchemas) => emailSchema,
    subject: "This",
    empty: "Type your e-mail address.",
  },
  password: {
    schema: ({ passwordSchema }: FieldSchemas) => passwordSchema("password"),
    subject: "The password",
    empty: "Type your password.",
  },
};

interface SignInFormProps {
  /** `next` is where to go afterwards; `error` is the code of a failed sign-in with GitHub or Google. */
  searchParams: SearchParams;
  account: Account | null;
}

/** Signs in to an existing account. */
export function SignInForm({ searchParams, account }: SignInFormProps) {
  const next = nextPath(firstValue(searchParams.next));
  const { form, field, read, showServerErrors } = useFields(RULES);
  const ticket = useLinkToken();
  const [given, setGiven] = useState<SecondStepOf | null>(null);
  const [gaveUp, setGaveUp] = useState(false);
  const [providerError, setProviderError] = useState(() => oauthProblem(firstValue(searchParams.error)));
  const { signedIn, offered, busy, problem, retry, submit } = useAuthForm({
    next,
    initial: account,
    stay: ticket === undefined || (ticket !== null && !gaveUp),
    read,
    handleError: (error) => error.code === TWO_FACTOR_REQUIRED || showServerErrors(error),
    async send({ email, password }) {
      setProviderError(null);
      try {
        await signIn(email, password);
      } catch (error) {
        if (error instanceof ApiError && error.code === TWO_FACTOR_REQUIRED) setGiven({ email, password });
        throw error;
      }
    },
  });

  if (signedIn) return <AlreadySignedIn next={next} />;
  const of = given ?? (ticket && !gaveUp ? { ticket } : null);
  if (of !== null) {
    const back = () => {
      setGiven(null);
      setGaveUp(true);
    };
    return <SecondStep of={of} next={"ticket" in of ? nextAfterProvider() : next} onBack={back} />;
  }
  return (
    <AccountCard
      title="Sign in"
      alternative={{ question: "No account yet?", label: "Sign up", href: accountUrl("/sign-up", next) }}
      notes={["What you have run in this browser comes with you"]}
    >
      {providerError ? <FormProblem>{providerError}</FormProblem> : null}
      <form
        ref={form}
        // POST: a GET submitted before hydration would put the password into the URL.
        method="post"
        noValidate
        onSubmit={submit}
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
          defaultValue={rememberedEmail()}
          {...field("email")}
          onInput={({ currentTarget }) => rememberEmail(currentTarget.value)}
        />
        <PasswordField label="Password" autoComplete="current-password" required {...field("password")} />
        <p className="text-sm">
          <Link href="/forgot-password" className="text-muted underline underline-offset-2 hover:text-ink">
            Forgot your password?
          </Link>
        </p>
        {problem ? (
          <FormProblem retry={retry}>
            {problem.code === "unauthorized"
              ? "The e-mail address or the password is wrong."
              : withoutRetryHint(problem.message)}
          </FormProblem>
        ) : null}
        <SubmitButton busy={busy} waiting={retry.leftS > 0}>
          Sign in
        </SubmitButton>
      </form>
      <OAuthButtons offered={offered} next={next} onProblem={setProviderError} />
    </AccountCard>
  );
}
