"use client";

import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import useSWR, { mutate } from "swr";
import { ApiError, call } from "@/lib/client/api";
import { formatDate } from "@/lib/client/local-time";
import { toast } from "@/lib/client/toast";
import type { TwoFactorState } from "@/lib/schemas/account";
import { LoadFailure, RowsSkeleton, Section } from "../section";
import { Button } from "../ui/button";
import { Card, CardRow } from "../ui/card";
import { CodeDialog } from "./code-dialog";
import { RecoveryCodes } from "./recovery-codes";
import { SetUpTwoFactor, type TwoFactorSecret } from "./set-up-two-factor";

const KEY = "two-factor";

/** Signing in with a code of an authenticator app: on, off, and the recovery codes. */
export function TwoFactor() {
  const { data, error } = useSWR<TwoFactorState, ApiError>(KEY, () => call("twoFactor"), {
    shouldRetryOnError: false,
  });
  const [secret, setSecret] = useState<TwoFactorSecret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [asking, setAsking] = useState<"disable" | "renew" | null>(null);
  const refresh = () => Promise.all([mutate(KEY), mutate("sessions")]);

  async function begin(): Promise<void> {
    try {
      setSecret(await call("beginTwoFactor"));
    } catch (failure) {
      const description = failure instanceof ApiError ? failure.message : "Try again.";
      toast("It could not be set up", { description });
    }
  }

  return (
    <Section
      id="two-factor"
      title="Two-factor sign-in"
      description="With it, a password alone is not enough: signing in also takes a code of an app on your phone."
    >
      {error && !data ? (
        <LoadFailure text={error.message} onRetry={() => void mutate(KEY)} />
      ) : data ? (
        <Card>
          <CardRow label={<Status state={data} />} hint={hintOf(data)}>
            {data.on ? (
              <Button onClick={() => setAsking("disable")}>Turn off…</Button>
            ) : (
              <Button variant="primary" onClick={() => void begin()}>
                Set up
              </Button>
            )}
          </CardRow>
          {data.on ? (
            <CardRow
              label="Recovery codes"
              hint={`${data.recoveryCodesLeft} of 10 are left. Each signs in once, without the app.`}
            >
              <Button onClick={() => setAsking("renew")}>Make new ones…</Button>
            </CardRow>
          ) : null}
        </Card>
      ) : (
        <RowsSkeleton rows={1} />
      )}
      <SetUpTwoFactor
        secret={secret}
        onClose={() => setSecret(null)}
        onEnabled={(made) => {
          setSecret(null);
          setCodes(made);
          void refresh();
        }}
      />
      <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />
      <CodeDialog
        open={asking === "disable"}
        onClose={() => setAsking(null)}
        title="Turn two-factor sign-in off?"
        description="From then on your password alone signs in. The app's entry and the recovery codes are worthless."
        action="Turn off"
        danger
        onCode={async (code) => {
          await call("disableTwoFactor", { body: { code } });
          toast("Two-factor sign-in is off");
          await refresh();
        }}
      />
      <CodeDialog
        open={asking === "renew"}
        onClose={() => setAsking(null)}
        title="Make new recovery codes?"
        description="The old ones stop working."
        action="Make new codes"
        onCode={async (code) => {
          setCodes((await call("renewRecoveryCodes", { body: { code } })).recoveryCodes);
          await refresh();
        }}
      />
    </Section>
  );
}

function Status({ state: { on, required } }: { state: TwoFactorState }) {
  if (on) {
    return (
      <span className="flex items-center gap-1.5">
        <ShieldCheck aria-hidden="true" className="size-4 text-good" />
        On
      </span>
    );
  }
  return (
    <span className="flex items-center gap-1.5">
      <ShieldAlert aria-hidden="true" className={required ? "size-4 text-warn" : "size-4 text-faint"} />
      {required ? "Off, and needed for what admins do" : "Off"}
    </span>
  );
}

function hintOf({ on, since }: TwoFactorState): string {
  if (on && since) return `Since ${formatDate(since)}.`;
  return "You need an app such as Aegis, 2FAS, Google Authenticator, or a password manager that makes codes.";
}
