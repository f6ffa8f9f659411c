import Link from "next/link";
import type { ReactNode } from "react";
import { formatBytes } from "@/lib/client/format";
import {
  MAX_ARTIFACTS,
  MAX_ARTIFACTS_BYTES,
  MAX_CODE_BYTES,
  MAX_FILES,
  MAX_FILES_BYTES,
  MAX_STDIN_BYTES,
  MAX_TESTS,
} from "@/lib/schemas/limits";
import { Card } from "../ui/card";
import { ApiExample } from "./api-example";
import { KeyTable } from "./key-table";
import { LanguageTable } from "./language-table";
import { OtherPrograms } from "./other-programs";

const PARTS = [
  { id: "start", title: "A first program" },
  { id: "keys", title: "Keys" },
  { id: "programs", title: "Programs" },
  { id: "input", title: "Input" },
  { id: "terminal", title: "Terminal" },
  { id: "files", title: "Files" },
  { id: "tests", title: "Tests" },
  { id: "limits", title: "Limits" },
  { id: "api", title: "API" },
  { id: "languages", title: "Languages" },
] as const;
type PartId = (typeof PARTS)[number]["id"];

/** How to use Quicksand, on one page. */
export function DocsPage() {
  return (
    <div className="mx-auto grid max-w-5xl gap-x-10 px-4 py-8 sm:px-6 lg:grid-cols-[10rem_1fr]">
      <div className="lg:col-span-2">
        <h1 className="font-semibold text-2xl tracking-tight">How to use Quicksand</h1>
        <p className="mt-2 max-w-2xl text-lg text-muted">
          Write a program, press Run, see what it really prints. Each run has a sandbox of its own, which is
          thrown away afterwards.
        </p>
      </div>
      <nav aria-label="On this page" className="mt-8 max-lg:hidden">
        <ul className="sticky top-8 space-y-0.5">
          {PARTS.map(({ id, title }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="touch-target flex h-8 items-center rounded-md px-2 text-base text-muted hover:bg-hover hover:text-ink"
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-8 min-w-0 space-y-10">
        <Part id="start">
          <p>
            Choose a language at the top, write, and press <b>Run</b>. The output appears while the program
            runs; <b>Stop</b> ends it. Every language has examples to begin with; they are offered beside the
            editor, and in the commands (Ctrl+K).
          </p>
        </Part>
        <Part id="keys">
          <KeyTable />
        </Part>
        <Part id="programs">
          <p>
            What you write becomes a program: kept as you type, with its files, input and tests, at an address
            of its own. <A href="/programs">Programs</A> lists them. Without a network they are kept in this
            browser and saved later; what was changed in two places at once is kept twice.
          </p>
          <p>
            <b>Copy link with the program</b> puts all of it into a link, which needs no account. A run that
            you share has a page, and <Code>/new?from=ID</Code> with its id gives everybody their own copy of
            it.
          </p>
        </Part>
        <Part id="input">
          <p>
            With <b>Input</b> left empty, you type to the program while it runs, a line at a time; Ctrl+D says
            that there is no more. What is prepared in Input is all that the program reads, up to{" "}
            {formatBytes(MAX_STDIN_BYTES)}. Arguments stand there too, quoted as in a shell.
          </p>
        </Part>
        <Part id="terminal">
          <p>
            <b>Run in terminal</b>, in the menu of Run, gives the program a terminal: colours, programs that
            draw the whole screen, Ctrl+C and Ctrl+D. <b>REPL</b> opens the language&apos;s own prompt with
            your program beside it. Ctrl+Shift+X leaves the terminal for the rest of the page.
          </p>
        </Part>
        <Part id="files">
          <p>
            A program can have {MAX_FILES} files beside its main one, {formatBytes(MAX_FILES_BYTES)} together;
            the code of the main file can have {formatBytes(MAX_CODE_BYTES)}. The + beside the tabs makes one;
            files, folders and zips can also be dropped anywhere on the page. They lie beside the main file
            when it runs, and every source file is compiled with it.
          </p>
          <p>
            What a program writes to the folder named by the variable <Code>OUTPUT_DIR</Code> is kept and
            shown under Files: up to {MAX_ARTIFACTS} files, {formatBytes(MAX_ARTIFACTS_BYTES)} together. A
            plot is a picture saved there.
          </p>
        </Part>
        <Part id="tests">
          <p>
            Up to {MAX_TESTS} test cases can go with a program: an input each, and the output that is
            expected. It is compiled once and run for each of them, and each says whether it passed, with the
            lines that differ. They can be dropped in as pairs such as <Code>1.in</Code> and{" "}
            <Code>1.out</Code>.
          </p>
        </Part>
        <Part id="limits">
          <p>
            A program is held to a share of a processor, an amount of memory and a time, and it has no
            network. What holds yours stands at the foot of the editor, and what is left of today in{" "}
            <A href="/settings#plan">Settings</A>. While a program waits for what you type, its time does not
            pass.
          </p>
        </Part>
        <Part id="api">
          <p>
            Everything the page does can be done over HTTP. For more than a guest may, make a key in{" "}
            <A href="/settings#keys">Settings</A> and send it along. <A href="/docs/api">Every endpoint</A>{" "}
            has a page with examples that can be sent from it; <A href="/api/languages">the languages</A> and{" "}
            <A href="/api/health">how the server is</A> can be read by everybody.
          </p>
          <ApiExample />
          <p>Other programs come in by addresses of their own:</p>
          <OtherPrograms />
        </Part>
        {/* Last, since its rows come after the page: an address that leads to a part above stays where it led. */}
        <Part id="languages">
          <p>
            <A href="/docs/languages">Every language</A> with the commands that compile and run it, its
            options, its libraries and a first program.
          </p>
          <Card className="overflow-x-auto">
            <LanguageTable />
          </Card>
        </Part>
      </div>
    </div>
  );
}

function Part({ id, children }: { id: PartId; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6 space-y-3">
      <h2 id={`${id}-title`} className="font-semibold text-xl tracking-tight">
        {PARTS.find((part) => part.id === id)?.title}
      </h2>
      <div className="max-w-2xl space-y-3 text-lg leading-7">{children}</div>
    </section>
  );
}

function A({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="rounded-sm text-accent-ink underline hover:text-ink">
      {children}
    </Link>
  );
}

function Code({ children }: { children: ReactNode }) {
  return <code className="rounded-sm bg-hover px-1 py-px font-mono text-base">{children}</code>;
}
