"use client";

import { Code2, FileText, GitFork, Link2, Share2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { runUrl } from "@/lib/client/run-url";
import type { RunDetail } from "@/lib/schemas/history";
import { ReportButton } from "../moderation/report-button";
import { TakeDownButton } from "../moderation/take-down-button";
import { Button, buttonStyle } from "../ui/button";
import { Popover } from "../ui/popover";
import { copyText } from "./copy-text";
import { EmbedCode } from "./embed-code";
import { ShareControl } from "./share-popover";
import { VISIBILITY_ICONS } from "./visibility-choice";

interface RunProps {
  run: Pick<RunDetail, "id" | "own" | "visibility" | "takedown">;
}

interface RunActionsProps extends RunProps {
  /** The viewer is an admin. */
  moderator: boolean;
}

/** Actions on a run's page. The links also work without JavaScript. */
export function RunActions({ run, moderator }: RunActionsProps) {
  // There is nothing to pass on: its address shows others nothing.
  const sharable = run.takedown === null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Link href={`/?fork=${run.id}`} prefetch={false} className={buttonStyle({ variant: "primary" })}>
        <GitFork aria-hidden="true" />
        {run.own ? "Open in editor" : "Fork"}
      </Link>
      {run.own && sharable ? <OwnerShare run={run} /> : null}
      {sharable ? (
        <Button onClick={() => void copyText(runUrl(run.id, window.location.origin), "Link copied")}>
          <Link2 aria-hidden="true" />
          Copy link
        </Button>
      ) : null}
      <a href={`${runUrl(run.id)}/raw`} className={buttonStyle()}>
        <FileText aria-hidden="true" />
        Raw
      </a>
      {sharable ? <Embed run={run} /> : null}
      {run.own ? null : <ReportButton runId={run.id} />}
      {moderator && !run.own ? <TakeDownButton runId={run.id} /> : null}
    </div>
  );
}

function OwnerShare({ run }: RunProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Share this run"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Share2 aria-hidden="true" />
          Share
        </Button>
      }
    >
      {/* The page's header shows the visibility, too. */}
      <ShareControl runId={run.id} initial={run.visibility} onChanged={router.refresh} />
    </Popover>
  );
}

function Embed({ run }: RunProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Embed this run"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Code2 aria-hidden="true" />
          Embed
        </Button>
      }
    >
      <EmbedCode runId={run.id} visibility={run.visibility} />
    </Popover>
  );
}

/** Badge with a run's visibility. */
export function VisibilityMark({ visibility }: { visibility: RunDetail["visibility"] }) {
  const Icon = VISIBILITY_ICONS[visibility];
  const words = { private: "Private", unlisted: "Unlisted", public: "Public" }[visibility];
  return (
    <span className="inline-flex h-5 items-center gap-1 rounded-full border border-line-strong px-2 text-muted text-sm">
      <Icon aria-hidden="true" className="size-3" />
      {words}
    </span>
  );
}
