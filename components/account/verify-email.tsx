"use client";

import { BadgeCheck, Link2Off, Mail } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useAccount } from "@/lib/client/account";
import { call } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import { FormProblem } from "../form/form-problem";
import { SubmitButton } from "../form/submit-button";
import { useSubmit } from "../form/use-submit";
import { buttonStyle } from "../ui/button";
import { NoteCard } from "./note-card";
import { useLinkToken } from "./use-link-token";

/** Proves an address. It takes a click, because some mailboxes open every link to look for malware. */
export function VerifyEmail() {
  const token = useLinkToken();
  const { account, refresh } = useAccount();
  const [proven, setProven] = useState<string | null>(null);
  const [dead, setDead] = useState(false);
  const { busy, problem, retry, submit } = useSubmit({
    read: () => token ?? null,
    handleError(error) {
      if (!error.details.some(({ path }) => path === "token")) return false;
      setDead(true);
      return true;
    },
    async send(value: string) {
      const { email } = await call("proveEmail", { body: { token: value } });
      await refresh();
      setProven(email);
    },
  });
  const home = account?.user ? "/settings" : "/sign-in";

  if (proven !== null) {
    return (
      <NoteCard icon={BadgeCheck} title="Your address is confirmed">
        <p className="text-base text-muted">
          Your account has the address <span className="break-all font-medium text-ink">{proven}</span>.
        </p>
        <Link href={account?.user ? "/" : "/sign-in"} className={buttonStyle({ variant: "primary" })}>
          {account?.user ? "Open the editor" : "Sign in"}
        </Link>
      </NoteCard>
    );
  }
  if (token === null || dead) {
    return (
      <NoteCard icon={Link2Off} title="This link does not work">
        <p className="text-base text-muted">
          It was used already, has expired, or was not copied as a whole. Settings send another one.
        </p>
        <Link href={home} className={buttonStyle({ variant: "primary" })}>
          {account?.user ? "Open settings" : "Sign in"}
        </Link>
      </NoteCard>
    );
  }
  return (
    <NoteCard icon={Mail} title="Confirm your address">
      <p className="text-base text-muted">
        You opened the link that was sent to your address. One click, and it is known to be yours.
      </p>
      <form method="post" onSubmit={submit} className="space-y-2">
        {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
        <SubmitButton busy={busy} waiting={retry.leftS > 0 || token === undefined}>
          This address is mine
        </SubmitButton>
      </form>
    </NoteCard>
  );
}
