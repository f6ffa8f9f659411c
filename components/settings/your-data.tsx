"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { mutate } from "swr";
import { toast } from "@/lib/client/toast";
import type { Account } from "@/lib/schemas/account";
import { DeleteAllDialog } from "../history/delete-all-dialog";
import { Section } from "../section";
import { Button, buttonStyle } from "../ui/button";
import { Card, CardRow } from "../ui/card";
import { DeleteAccountDialog } from "./delete-account-dialog";

/** Export and deletion of the viewer's data. */
export function YourData({ user }: { user: Account["user"] }) {
  const [deletingRuns, setDeletingRuns] = useState(false);
  const [deletingAccount, setDeletingAccount] = useState(false);
  return (
    <Section
      id="data"
      title="Your data"
      description="It is yours: take it with you, or have it removed for good."
    >
      <Card>
        <CardRow
          label="Export"
          hint={
            user
              ? "Your profile, preferences, keys (not the keys themselves), log and every run, as one JSON file."
              : "Every run with its code, input and output."
          }
        >
          <div className="flex gap-2">
            {user ? (
              <DownloadLink href="/api/account/export" words="Export everything" />
            ) : (
              <>
                <DownloadLink href="/api/runs/export?format=json" words="JSON" />
                <DownloadLink href="/api/runs/export?format=csv" words="CSV" />
              </>
            )}
          </div>
        </CardRow>
        <CardRow label="Delete all runs" hint="With their code, output, files and shared links.">
          <Button onClick={() => setDeletingRuns(true)}>Delete all runs…</Button>
        </CardRow>
        {user ? (
          <CardRow label="Delete account" hint="With everything that belongs to it. This cannot be undone.">
            <Button className="text-bad" onClick={() => setDeletingAccount(true)}>
              Delete account…
            </Button>
          </CardRow>
        ) : null}
      </Card>
      <DeleteAllDialog
        open={deletingRuns}
        onOpenChange={setDeletingRuns}
        onDeleted={() => void mutate("statistics")}
      />
      {user ? (
        <DeleteAccountDialog user={user} open={deletingAccount} onOpenChange={setDeletingAccount} />
      ) : null}
    </Section>
  );
}

function DownloadLink({ href, words }: { href: string; words: string }) {
  return (
    <a
      href={href}
      download
      className={buttonStyle()}
      onClick={() => toast("The export is on its way", { description: "Your browser shows the download." })}
    >
      <Download aria-hidden="true" />
      {words}
    </a>
  );
}
