import { CircleAlert, History, RotateCw, SearchX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ApiError } from "@/lib/client/api";
import { failureTitle } from "../run/status-words";
import { Button, buttonStyle } from "../ui/button";
import { Skeleton } from "../ui/skeleton";

/** The history without any run. */
export function EmptyHistory() {
  return (
    <Message
      icon={<History aria-hidden="true" className="size-4" />}
      title="Nothing was run yet"
      text="Every program you run is kept here with its code, input and output."
    >
      <Link href="/" className={buttonStyle({ variant: "primary" })}>
        Open the editor
      </Link>
    </Message>
  );
}

/** No run matches the filters. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Message
      icon={<SearchX aria-hidden="true" className="size-4" />}
      title="No run fits"
      text="Try other words, or look through all of them."
    >
      <Button onClick={onClear}>Clear filters</Button>
    </Message>
  );
}

/** The list could not be loaded. */
export function ListFailure({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  return (
    <div role="alert">
      <Message
        icon={<CircleAlert aria-hidden="true" className="size-4 text-bad" />}
        title={listTitle(error)}
        text={error.message}
      >
        <Button onClick={onRetry}>
          <RotateCw aria-hidden="true" />
          Try again
        </Button>
      </Message>
    </div>
  );
}

/** `failureTitle` is worded for runs; these codes need other words for a list. */
function listTitle({ code, message }: ApiError): string {
  if (code === "rate_limited") return "Too many requests in a short time";
  if (code === "internal") return "The list could not be fetched";
  return failureTitle({ code, message, retryAfterS: null });
}

interface MessageProps {
  icon: ReactNode;
  title: string;
  text: string;
  /** `h1` where the page has no other heading. */
  level?: "h1" | "h2";
  children: ReactNode;
}

/** An empty or failed list: what it is, and a way on. */
export function Message({ icon, title, text, level: Title = "h2", children }: MessageProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <div className="flex size-10 items-center justify-center rounded-lg border border-line bg-surface text-faint">
        {icon}
      </div>
      <div className="max-w-md space-y-1">
        <Title className="font-medium text-lg">{title}</Title>
        <p className="break-words text-base text-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}

const WIDTHS = ["w-64", "w-44", "w-72", "w-52", "w-60", "w-40"];

/** Placeholder rows. */
export function ListSkeleton({
  rows = WIDTHS.length,
  words = "Runs are loading.",
}: {
  rows?: number;
  words?: string;
}) {
  return (
    <div aria-busy="true">
      <p className="sr-only">{words}</p>
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className="flex h-13 items-center gap-4 border-line border-b px-4 last:border-b-0">
          <Skeleton className="size-4" />
          <Skeleton className="h-5.5 w-8 max-sm:hidden" />
          <Skeleton className={`h-3 max-w-1/2 ${width}`} />
          <Skeleton className="ml-auto h-3 w-20" />
        </div>
      ))}
    </div>
  );
}
