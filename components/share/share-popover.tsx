"use client";

import { Link2, Share2 } from "lucide-react";
import { useEffect, useState } from "react";
import { ApiError, call } from "@/lib/client/api";
import { runUrl } from "@/lib/client/run-url";
import { toast } from "@/lib/client/toast";
import type { Visibility } from "@/lib/schemas/history";
import { Button } from "../ui/button";
import { Popover } from "../ui/popover";
import { Skeleton } from "../ui/skeleton";
import { copyText } from "./copy-text";
import { EmbedCode } from "./embed-code";
import { useVisibility } from "./use-visibility";
import { VisibilityChoice } from "./visibility-choice";

/** The share button of a finished run. Loads the current visibility when opened. */
export function SharePopover({ runId }: { runId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Share this run"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" size="sm">
          <Share2 aria-hidden="true" />
          Share
        </Button>
      }
    >
      <LoadShareControl runId={runId} />
    </Popover>
  );
}

const TAKEN_DOWN = "This run was taken down and cannot be shared. Its page says why.";

type State =
  | { name: "loading" }
  | { name: "ready"; visibility: Visibility }
  | { name: "failed"; text: string };

function LoadShareControl({ runId }: { runId: string }) {
  const [state, setState] = useState<State>({ name: "loading" });
  useEffect(() => {
    const controller = new AbortController();
    call("getRun", { params: { id: runId }, signal: controller.signal }).then(
      ({ visibility, takedown }) =>
        setState(takedown ? { name: "failed", text: TAKEN_DOWN } : { name: "ready", visibility }),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        const text = error instanceof ApiError ? error.message : "The run could not be read.";
        setState({ name: "failed", text });
      },
    );
    return () => controller.abort();
  }, [runId]);
  if (state.name === "loading") {
    return (
      <div aria-busy="true" className="space-y-2">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-36 w-full" />
      </div>
    );
  }
  if (state.name === "failed") return <p role="alert">{state.text}</p>;
  return <ShareControl runId={runId} initial={state.visibility} />;
}

interface ShareControlProps {
  runId: string;
  initial: Visibility;
  /** Called after the server has stored a change. */
  onChanged?: () => void;
}

/** Who can see a run, and its link. */
export function ShareControl({ runId, initial, onChanged }: ShareControlProps) {
  const visibility = useVisibility(runId, initial, onChanged);
  const shared = visibility.value !== "private";
  const nativeShare = typeof navigator !== "undefined" && "share" in navigator;

  async function copyLink(): Promise<void> {
    if (!shared && !(await visibility.change("unlisted"))) return;
    await copyText(runUrl(runId, window.location.origin), "Link copied");
  }

  /** By what the device shares with: messengers, mail, a neighbour. */
  async function shareNatively(): Promise<void> {
    if (!shared && !(await visibility.change("unlisted"))) return;
    try {
      await navigator.share({ title: "A run in Quicksand", url: runUrl(runId, window.location.origin) });
    } catch (error) {
      // Turned away without sharing: nothing to say.
      if (error instanceof DOMException && error.name === "AbortError") return;
      toast("The link could not be passed on", { description: "Copy it instead." });
    }
  }

  return (
    <div className="space-y-3">
      <VisibilityChoice value={visibility.value} onChange={(next) => void visibility.change(next)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button variant="primary" onClick={() => void copyLink()}>
          <Link2 aria-hidden="true" />
          {shared ? "Copy link" : "Share and copy link"}
        </Button>
        {nativeShare ? (
          <Button onClick={() => void shareNatively()}>
            <Share2 aria-hidden="true" />
            Share with…
          </Button>
        ) : null}
        <a
          href={runUrl(runId)}
          className="touch-target inline-flex items-center rounded-sm font-medium text-base text-muted underline hover:text-ink"
        >
          Open its page
        </a>
      </div>
      <details>
        <summary className="w-fit cursor-pointer rounded-sm font-medium text-base text-muted hover:text-ink">
          Embed in a page
        </summary>
        <div className="pt-2.5">
          <EmbedCode runId={runId} visibility={visibility.value} />
        </div>
      </details>
      <p className="text-muted text-sm">
        Code, input, files and output are shown, never who you are. Private again at any time.
      </p>
    </div>
  );
}
