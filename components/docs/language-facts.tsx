import type { ReactNode } from "react";
import { joinArgs } from "@/lib/client/args";
import type { DocumentedLanguage, LanguageOption } from "@/lib/schemas/language";

interface LanguageFactsProps {
  language: DocumentedLanguage;
  compileLimits: string | null;
}

/** Monaco's languages whose service, in the page, formats them itself. */
const FORMATTED_BY_THE_EDITOR: readonly string[] = ["javascript", "typescript"];

/** How programs of a language are named, made and run, as a list of terms. */
export function LanguageFacts({ language, compileLimits }: LanguageFactsProps) {
  const { id, aliases, mainFile, extension, commands, options, packages, repl, printedVersion } = language;
  return (
    <dl className="space-y-2.5 px-4 py-3 text-base sm:space-y-2">
      {printedVersion === undefined ? null : (
        <Fact term="Version">
          <Word>{printedVersion}</Word>
        </Fact>
      )}
      <Fact term="Main file">
        <Word>{mainFile}</Word>, ending <Word>.{extension}</Word>
      </Fact>
      <Fact term="In the API">
        <Words words={[id, ...aliases]} />
      </Fact>
      {commands.compile ? (
        <Fact term="Compiled by">
          <Word>{joinArgs(commands.compile)}</Word>
        </Fact>
      ) : null}
      {compileLimits === null ? null : <Fact term="Compiler's limits">{compileLimits}</Fact>}
      <Fact term="Run by">
        <Word>{joinArgs(commands.run)}</Word>
      </Fact>
      {options.map((option) => (
        <Fact key={option.id} term={option.name}>
          {choicesOf(option)}
        </Fact>
      ))}
      {packages ? (
        <Fact term="Libraries">
          <Words words={packages.names} />{" "}
          <span className="whitespace-nowrap text-muted">({packages.megabytes} MB)</span>
        </Fact>
      ) : null}
      <Fact term="Prompt">{repl ? "REPL, in the menu of Run" : "None"}</Fact>
      <Fact term="Formatter">{formatterOf(language)}</Fact>
    </dl>
  );
}

function choicesOf({ values, default: usual }: LanguageOption): string {
  return values.map(({ id, label }) => (id === usual ? `${label} (default)` : label)).join(", ");
}

function formatterOf({ formatter, editor }: DocumentedLanguage): ReactNode {
  if (formatter !== null) return <Word>{formatter}</Word>;
  return FORMATTED_BY_THE_EDITOR.includes(editor) ? "The editor's own" : "None";
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="gap-x-4 sm:grid sm:grid-cols-[8.5rem_1fr]">
      <dt className="text-muted">{term}</dt>
      <dd className="wrap-anywhere min-w-0">{children}</dd>
    </div>
  );
}

function Words({ words }: { words: readonly string[] }) {
  return words.map((word, at) => (
    <span key={word}>
      {at > 0 ? ", " : ""}
      <Word>{word}</Word>
    </span>
  ));
}

function Word({ children }: { children: ReactNode }) {
  return <code className="font-mono">{children}</code>;
}
