"use client";

import { KeyRound, Plus } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import useSWR from "swr";
import { type ApiError, call } from "@/lib/client/api";
import { accountUrl } from "@/lib/client/next-path";
import type { Account, ApiKeyView } from "@/lib/schemas/account";
import { MAX_KEYS } from "@/lib/schemas/limits";
import { planName } from "../account/plan-name";
import { LoadFailure, RowsSkeleton, Section } from "../section";
import { Button, buttonStyle } from "../ui/button";
import { Card } from "../ui/card";
import { CreateKeyDialog } from "./create-key-dialog";
import { KeyTable } from "./key-table";
import { RevokeKeyDialog } from "./revoke-key-dialog";

/** API keys: create, list, revoke. */
export function ApiKeys({ account }: { account: Account }) {
  const [creating, setCreating] = useState(false);
  const allowed = account.user !== null && account.plan.features.includes("keys");
  return (
    <Section
      id="keys"
      title="API keys"
      description="With a key, programs of yours run code here: the API does everything this page does."
      action={
        allowed ? (
          <Button onClick={() => setCreating(true)}>
            <Plus aria-hidden="true" />
            New key
          </Button>
        ) : null
      }
    >
      {allowed ? (
        <Keys runsPerDay={account.plan.runsPerDay} creating={creating} onCreating={setCreating} />
      ) : (
        <NoKeys account={account} />
      )}
    </Section>
  );
}

interface KeysProps {
  runsPerDay: number;
  creating: boolean;
  onCreating: (open: boolean) => void;
}

function Keys({ runsPerDay, creating, onCreating }: KeysProps) {
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);
  const { data, error, mutate } = useSWR<{ keys: ApiKeyView[] }, ApiError>("keys", () => call("listKeys"), {
    shouldRetryOnError: false,
  });
  const refresh = () => void mutate();
  if (error && !data) return <LoadFailure text={error.message} onRetry={refresh} />;
  if (!data) return <RowsSkeleton rows={3} />;
  return (
    <>
      {data.keys.length === 0 ? (
        <Nothing
          title="No keys yet"
          text="A key belongs to one program, so that each can be ended by itself."
        />
      ) : (
        <KeyTable keys={data.keys} onRevoke={setRevoking} />
      )}
      {data.keys.length >= MAX_KEYS ? (
        <p className="text-muted text-sm">These are all the keys there may be; revoke one to make another.</p>
      ) : null}
      <CreateKeyDialog
        runsPerDay={runsPerDay}
        open={creating}
        onOpenChange={onCreating}
        onCreated={refresh}
      />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} onRevoked={refresh} />
    </>
  );
}

function NoKeys({ account }: { account: Account }) {
  const guest = account.kind === "guest";
  return (
    <Nothing
      title={guest ? "Guests have no API keys" : `The ${planName(account.plan.id)} has no API keys`}
      text={
        guest
          ? "A key acts for an account, which you do not have yet. Programs can also run code without one, as guests do."
          : "Ask whoever runs this Quicksand for another plan."
      }
    >
      {guest ? (
        <Link href={accountUrl("/sign-up", "/settings")} className={buttonStyle({ size: "sm" })}>
          Sign up
        </Link>
      ) : null}
    </Nothing>
  );
}

function Nothing({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Card className="flex flex-wrap items-center gap-x-3.5 gap-y-3 px-4 py-4">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg border border-line bg-sunken text-faint">
        <KeyRound aria-hidden="true" className="size-4" />
      </span>
      <div className="min-w-40 flex-1">
        <h3 className="font-medium text-base">{title}</h3>
        <p className="text-base text-muted">{text}</p>
      </div>
      {children}
    </Card>
  );
}
