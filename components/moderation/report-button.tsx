"use client";

import { Check, Flag } from "lucide-react";
import { useState } from "react";
import { ApiError, call } from "@/lib/client/api";
import type { ModerationReason } from "@/lib/schemas/moderation";
import { FormProblem } from "../form/form-problem";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ReasonFields } from "./reason-fields";

/** Lets a viewer ask the admins to look at somebody else's run. */
export function ReportButton({ runId }: { runId: string }) {
  const [open, setOpen] = useState(false);
  const [reported, setReported] = useState(false);
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        {reported ? <Check aria-hidden="true" /> : <Flag aria-hidden="true" />}
        {reported ? "Reported" : "Report"}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={reported ? "Thank you" : "Report this run"}
        description={
          reported
            ? "The people who run this Quicksand will look at it. You need not do anything more."
            : "The people who run this Quicksand will look at it. Its owner is not told who reported it."
        }
      >
        {reported ? (
          <div className="mt-5 flex justify-end">
            <Button variant="primary" onClick={() => setOpen(false)}>
              Close
            </Button>
          </div>
        ) : (
          <ReportForm runId={runId} onDone={() => setReported(true)} onCancel={() => setOpen(false)} />
        )}
      </Dialog>
    </>
  );
}

interface ReportFormProps {
  runId: string;
  onDone: () => void;
  onCancel: () => void;
}

function ReportForm({ runId, onDone, onCancel }: ReportFormProps) {
  const [reason, setReason] = useState<ModerationReason | null>(null);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function send(): Promise<void> {
    if (busy) return;
    if (reason === null) {
      setProblem("Choose what is wrong with it.");
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await call("reportRun", { params: { id: runId }, body: { reason, text } });
      onDone();
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : "The report could not be sent. Try again.");
      setBusy(false);
    }
  }

  return (
    <>
      <ReasonFields
        reason={reason}
        onReason={(chosen) => {
          setReason(chosen);
          setProblem(null);
        }}
        text={text}
        onText={setText}
        textLabel="What should they know? (optional)"
      />
      {problem ? (
        <div className="mt-3">
          <FormProblem>{problem}</FormProblem>
        </div>
      ) : null}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" aria-busy={busy} onClick={() => void send()}>
          Send report
        </Button>
      </div>
    </>
  );
}
