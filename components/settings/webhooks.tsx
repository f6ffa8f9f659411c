"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import useSWR from "swr";
import { ApiError, call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import { MAX_WEBHOOK_URL_CHARS, MAX_WEBHOOKS } from "@/lib/schemas/limits";
import type { WebhookView } from "@/lib/schemas/webhook";
import { LoadFailure, RowsSkeleton, Section } from "../section";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { Dialog } from "../ui/dialog";
import { TextField } from "../ui/text-field";
import { WebhookDeliveries } from "./webhook-deliveries";

/** Addresses that are told when runs end: make, list, remove, and what each was told. */
export function Webhooks() {
  const [removing, setRemoving] = useState<WebhookView | null>(null);
  const { data, error, mutate } = useSWR<{ webhooks: WebhookView[] }, ApiError>(
    "webhooks",
    () => call("listWebhooks"),
    { shouldRetryOnError: false },
  );
  const refresh = () => void mutate().catch(() => undefined);

  async function remove(): Promise<boolean> {
    try {
      if (removing) await call("deleteWebhook", { params: { id: removing.id } });
    } catch (failure) {
      // Already removed, perhaps from another tab.
      if (!(failure instanceof ApiError && failure.code === "not_found")) {
        toast(failure instanceof Error ? failure.message : String(failure));
        return false;
      }
    }
    refresh();
    return true;
  }

  return (
    <Section
      id="webhooks"
      title="Webhooks"
      description="Addresses of yours that are told when a run has ended that a program started by POST /api/runs."
    >
      {error && !data ? (
        <LoadFailure text={error.message} onRetry={refresh} />
      ) : data ? (
        <>
          {data.webhooks.length > 0 ? (
            <Card className="overflow-hidden">
              <ul>
                {data.webhooks.map((webhook) => (
                  <li key={webhook.id} className="border-line border-b px-4 py-3 last:border-b-0">
                    <div className="flex items-center justify-between gap-4">
                      <code className="wrap-anywhere min-w-0 font-mono text-base">{webhook.url}</code>
                      <Button
                        variant="ghost"
                        size="icon"
                        aria-label={`Remove ${webhook.url}`}
                        onClick={() => setRemoving(webhook)}
                      >
                        <Trash2 aria-hidden="true" />
                      </Button>
                    </div>
                    <WebhookDeliveries id={webhook.id} />
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
          {data.webhooks.length < MAX_WEBHOOKS ? <NewWebhook onMade={refresh} /> : null}
        </>
      ) : (
        <RowsSkeleton rows={2} />
      )}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null);
        }}
        title="Remove this webhook?"
        description={`${removing?.url ?? ""} is told nothing any more, and what it was told is forgotten.`}
        action="Remove"
        onConfirm={remove}
      />
    </Section>
  );
}

/** The secret is shown once: the server keeps it encrypted. */
function NewWebhook({ onMade }: { onMade: () => void }) {
  const [url, setUrl] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);

  async function make(): Promise<void> {
    try {
      const made = await call("createWebhook", { body: { url } });
      setUrl("");
      setProblem(null);
      setSecret(made.secret);
      onMade();
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure));
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
      className="flex flex-wrap items-start gap-x-3"
    >
      <TextField
        label="New webhook"
        type="url"
        placeholder="https://example.org/hook"
        error={problem}
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        maxLength={MAX_WEBHOOK_URL_CHARS}
        autoComplete="off"
        className="min-w-60 flex-1"
      />
      <Button type="submit" className="mt-6 h-9">
        <Plus aria-hidden="true" />
        Add
      </Button>
      <Dialog
        open={secret !== null}
        onOpenChange={(open) => {
          if (!open) setSecret(null);
        }}
        title="Copy the secret now"
        description="What is sent is signed with it. When this is closed, nobody can show it again."
      >
        <code className="wrap-anywhere block rounded-md border border-line bg-sunken p-3 font-mono text-base">
          {secret}
        </code>
        <div className="mt-4 flex justify-end">
          <Button variant="primary" onClick={() => void copyText(secret ?? "", "Secret copied")}>
            Copy
          </Button>
        </div>
      </Dialog>
    </form>
  );
}
