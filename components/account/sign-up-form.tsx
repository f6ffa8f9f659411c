"use client";

import Link from "next/link";
import { useState } from "react";
import { useAccount } from "@/lib/client/account";
import { withoutRetryHint } from "@/lib/client/error-text";
import { accountUrl, nextPath } from "@/lib/client/next-path";
import { signUp, TAKEN } from "@/lib/client/sign-in";
import type { Account } from "@/lib/schemas/account";
import { MAX_NAME_CHARS, MIN_PASSWORD_CHARS } from "@/lib/schemas/limits";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { PasswordField } from "../form/password-field";
import { SubmitButton } from "../form/submit-button";
import { useFields } from "../form/use-fields";
import { TextField } from "../ui/text-field";
import { AccountCard } from "./account-card";
import { AlreadySignedIn } from "./already-signed-in";
import { OAuthButtons } from "./oauth-buttons";
import { rememberEmail, rememberedEmail } from "./remembered-email";
import { firstValue, type SearchParams } from "./search-params";
import { SignUpClosed, SignUpWaits } from "./sign-up-notes";
import { useAuthForm } from "./use-auth-form";

const RULES = {
  name: {
    schema: ({ signUpSchema }: FieldSchemas) => signUpSchema.shape.name,
    subject: "The name",
    empty: "Type your name.",
  },
  email: {
    schema: ({ signUpSchema }: FieldSchemas) => signUpSchema.shape.email,
    subject: "This",
    empty: "Type your e-mail address.",
  },
  password: {
    schema: ({ signUpSchema }: FieldSchemas) => signUpSchema.shape.password,
    subject: "The password",
    empty: "Choose a password.",
  },
  adminCode: {
    schema: ({ signUpSchema }: FieldSchemas) => signUpSchema.shape.adminCode,
    subject: "The code",
  },
};

/** Until it is known who may sign up here. */
const OPEN: Account["signUp"] = { mode: "open", contact: null, adminWanted: false };

interface SignUpFormProps {
  /** `next` is where to go afterwards. */
  searchParams: SearchParams;
  account: Account | null;
  /** What an account adds over a guest. */
  benefits: readonly string[];
}

/** Creates an account and signs in to it. */
export function SignUpForm({ searchParams, account, benefits }: SignUpFormProps) {
  const next = nextPath(firstValue(searchParams.next));
  const { form, field, read, showServerErrors } = useFields(RULES);
  const [waits, setWaits] = useState(false);
  const [providerError, setProviderError] = useState<string | null>(null);
  const server = useAccount().account ?? account;
  const { mode, contact, adminWanted } = server?.signUp ?? OPEN;
  const { signedIn, offered, busy, problem, retry, submit } = useAuthForm({
    next,
    initial: account,
    read,
    handleError(error) {
      // Made, but not let in yet, which only those are told who know the password.
      if (mode !== "approve" || error.code !== "forbidden") return showServerErrors(error);
      setWaits(true);
      return true;
    },
    send({ name, adminCode, ...required }) {
      setProviderError(null);
      return signUp({
        ...required,
        ...(name.trim() === "" ? {} : { name }),
        ...(adminCode.trim() === "" ? {} : { adminCode }),
      });
    },
  });

  if (signedIn) return <AlreadySignedIn next={next} />;
  if (waits) return <SignUpWaits contact={contact} next={next} />;
  if (mode === "closed" && !adminWanted) return <SignUpClosed contact={contact} next={next} />;
  return (
    <AccountCard
      title="Sign up"
      alternative={{ question: "Have an account?", label: "Sign in", href: accountUrl("/sign-in", next) }}
      notes={[
        ...(mode === "approve" ? ["An admin approves new accounts before they work"] : []),
        "What you have run in this browser comes with you",
        ...benefits,
      ]}
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
          defaultValue={rememberedEmail()}
          {...field("email")}
          onInput={({ currentTarget }) => rememberEmail(currentTarget.value)}
        />
        <PasswordField
          label="Password"
          autoComplete="new-password"
          hint={`At least ${MIN_PASSWORD_CHARS} characters; the longer the better.`}
          required
          {...field("password")}
        />
        {adminWanted ? (
          <TextField
            label="Admin code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            required={mode === "closed"}
            hint={`There is no admin yet: with the code from the server's log it is you. ${mode === "closed" ? "" : "Optional"}`}
            {...field("adminCode")}
          />
        ) : null}
        {problem ? (
          <FormProblem retry={retry}>
            {problem.code === TAKEN ? <MaybeTaken next={next} /> : withoutRetryHint(problem.message)}
          </FormProblem>
        ) : null}
        <SubmitButton busy={busy} waiting={retry.leftS > 0}>
          Sign up
        </SubmitButton>
      </form>
      <OAuthButtons offered={offered} next={next} onProblem={setProviderError} />
    </AccountCard>
  );
}

/** Does not reveal whether the account exists: the server tells nobody. */
function MaybeTaken({ next }: { next: string }) {
  return (
    <>
      You are not signed in yet. If you already have an account with this address,{" "}
      <Link href={accountUrl("/sign-in", next)} className="font-medium underline underline-offset-2">
        sign in with its password
      </Link>
      .
    </>
  );
}
