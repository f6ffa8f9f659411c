"use client";

import { ArrowLeftRight } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import useSWR from "swr";
import { type ApiError, call } from "@/lib/client/api";
import { useLanguages } from "@/lib/client/use-languages";
import type { RunDetail } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { useSyntax } from "../editor/use-syntax";
import { buttonStyle } from "../ui/button";
import { Skeleton } from "../ui/skeleton";
import { CompareFigures } from "./compare-figures";
import { CompareTests } from "./compare-tests";
import { ListFailure, Message } from "./history-states";
import { plainOutput } from "./plain-output";

const TextDiff = dynamic(() => import("./text-diff"), {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-40" />,
});

/** Compares two runs: figures, code, input, output. */
export function ComparePage({ first, second }: { first: string; second: string }) {
  const a = useRun(first);
  const b = useRun(second);
  const [languages] = useLanguages();
  const known = languages.name === "ready" ? languages.languages : [];
  const error = a.error ?? b.error;
  if (first === "" || second === "") return <NothingToCompare />;
  return (
    <div className="mx-auto w-full max-w-6xl space-y-4 px-4 py-5 sm:px-6">
      <div className="flex items-center justify-between gap-3">
        <h1 className="font-semibold text-xl">Compare runs</h1>
        <Link
          href={`/history/compare?a=${second}&b=${first}`}
          replace
          className={buttonStyle({ size: "sm" })}
        >
          <ArrowLeftRight aria-hidden="true" />
          Swap
        </Link>
      </div>
      {error ? (
        <div className="rounded-lg border border-line bg-surface">
          <ListFailure error={error} onRetry={() => void Promise.all([a.mutate(), b.mutate()])} />
        </div>
      ) : a.data && b.data ? (
        <Comparison a={a.data} b={b.data} languages={known} />
      ) : (
        <div aria-busy="true" className="space-y-4">
          <p className="sr-only">The runs are loading.</p>
          <Skeleton className="h-60" />
          <Skeleton className="h-80" />
        </div>
      )}
    </div>
  );
}

function NothingToCompare() {
  return (
    <Message
      icon={<ArrowLeftRight aria-hidden="true" className="size-4" />}
      title="Two runs are needed"
      text="Choose two of them in the history to compare their code, input and output."
      level="h1"
    >
      <Link href="/history" className={buttonStyle({ variant: "primary" })}>
        Open the history
      </Link>
    </Message>
  );
}

/** An empty id names no run, and none is fetched. */
function useRun(id: string) {
  return useSWR<RunDetail, ApiError>(
    id === "" ? null : ["run", id],
    ([, wanted]: [string, string]) => call("getRun", { params: { id: wanted } }),
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );
}

interface ComparisonProps {
  a: RunDetail;
  b: RunDetail;
  languages: readonly LanguageInfo[];
}

function Comparison({ a, b, languages }: ComparisonProps) {
  const language = languages.find(({ id }) => id === a.language);
  const registered = useSyntax(a.language === b.language ? a.language : null);
  const editor = registered ? (language?.editor ?? "plaintext") : "plaintext";
  return (
    <>
      <CompareFigures a={a} b={b} languages={languages} />
      <CompareTests a={a} b={b} />
      <Difference name="Code" editor={editor} a={a.request.code} b={b.request.code} />
      <Difference name="Input" editor="plaintext" a={a.request.stdin} b={b.request.stdin} />
      <Difference
        name="Output"
        editor="plaintext"
        a={plainOutput(a.output.stdout)}
        b={plainOutput(b.output.stdout)}
      />
      <Difference
        name="Errors"
        editor="plaintext"
        a={plainOutput(a.output.stderr)}
        b={plainOutput(b.output.stderr)}
      />
    </>
  );
}

interface DifferenceProps {
  name: string;
  editor: string;
  a: string;
  b: string;
}

/** A diff of two texts, or the text once when they are equal. */
function Difference({ name, editor, a, b }: DifferenceProps) {
  if (a === "" && b === "") return null;
  return (
    <section aria-label={name} className="overflow-hidden rounded-lg border border-line bg-surface">
      <h2 className="flex items-baseline justify-between border-line border-b px-4 py-2.5 font-medium text-base">
        {name}
        <span className="font-normal text-faint text-sm">{a === b ? "The same in both" : ""}</span>
      </h2>
      {a === b ? (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
          tabIndex={0}
          className="max-h-60 overflow-auto px-4 py-3 font-mono text-base focus-visible:outline-offset-[-2px]"
        >
          {a}
        </pre>
      ) : (
        <TextDiff name={name} language={editor} original={a} modified={b} />
      )}
    </section>
  );
}
