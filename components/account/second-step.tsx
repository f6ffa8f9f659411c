"use client";

import { type SecondStepOf, signInWithCode } from "@/lib/client/sign-in";
import { AccountCard } from "./account-card";
import { CodeForm } from "./code-form";

interface SecondStepProps {
  /** What the first step was done with. */
  of: SecondStepOf;
  next: string;
  onBack: () => void;
}

/** Asks for the code of the authenticator app, where the account has one. */
export function SecondStep({ of, next, onBack }: SecondStepProps) {
  return (
    <AccountCard
      title="One more step"
      notes={[
        "No phone at hand? A recovery code works in its place, once",
        "Each code of the app works once, for about a minute",
      ]}
    >
      <CodeForm
        label="Code of your authenticator app"
        hint="Six digits, or a recovery code."
        action="Sign in"
        cancel="Back"
        onCancel={onBack}
        onCode={async (code) => {
          await signInWithCode(of, code);
          // A full page load: nothing fetched for the guest may be shown as the account's.
          window.location.assign(next);
        }}
      />
    </AccountCard>
  );
}
