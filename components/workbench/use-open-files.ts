"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft } from "@/lib/client/drafts";
import { type GivenFile, openFiles, putInto, type Refused, type SameName } from "@/lib/client/opened-files";
import { sizeProblem } from "@/lib/client/program-files";
import { toast } from "@/lib/client/toast";
import { type DraftControl, sampleDraft } from "@/lib/client/use-draft";
import type { LanguageInfo } from "@/lib/schemas/language";
import { clashingPaths } from "@/lib/schemas/path";
import type { RunFile } from "@/lib/schemas/run";

/** Longer than other toasts: it has the undo for the whole program. */
const UNDO_MS = 12_000;

/** What has to be asked before files are put in: those whose names are taken. */
export interface SameNames {
  names: readonly string[];
  answer: (answer: SameName | null) => void;
}

interface OpenFilesOptions {
  languages: readonly LanguageInfo[] | null;
  language: LanguageInfo | null;
  drafts: DraftControl;
  onLanguage: (id: string) => void;
  /** Shows a file once it is there. */
  onShow: (path: string) => void;
}

/** Puts files from the person's machine into the program, or makes a program of them where they are one of another language. */
export function useOpenFiles(options: OpenFilesOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const [question, setQuestion] = useState<SameNames | null>(null);

  const ask = useCallback(
    (names: readonly string[]) =>
      new Promise<SameName | null>((resolve) => {
        const answer = (given: SameName | null) => {
          setQuestion(null);
          resolve(given);
        };
        setQuestion({ names, answer });
      }),
    [],
  );

  const open = useCallback(
    async (given: readonly GivenFile[]): Promise<void> => {
      const { files, refused } = await openFiles(given);
      if (refused.length > 0) refuse(refused);
      else if (files.length === 0)
        toast("Nothing was opened", { description: "There is no text file in it." });
      const { languages, language, drafts } = latest.current;
      if (files.length === 0 || !language || !languages || !drafts.draft) return;
      const target = languageOf(files, language, languages);
      if (target === language) await putIn(files, language, drafts.draft, latest.current, ask);
      else makeProgram(files, target, latest.current);
    },
    [ask],
  );
  return { open, question };
}

/** The program's own language, unless the files are a program of another: its main file is among them, or its only file. */
function languageOf(
  files: readonly RunFile[],
  own: LanguageInfo,
  all: readonly LanguageInfo[],
): LanguageInfo {
  const fits = ({ mainFile, extension }: LanguageInfo) =>
    files.some(({ path }) => path === mainFile) ||
    (files.length === 1 && files[0]?.path.endsWith(`.${extension}`));
  return fits(own) ? own : (all.find(fits) ?? own);
}

/** Names one file, the only one of the language's, after the main file: it is the program. */
function withMain(files: readonly RunFile[], { mainFile, extension }: LanguageInfo): RunFile[] {
  const sources = files.filter(({ path }) => path.endsWith(`.${extension}`) && !path.includes("/"));
  const [only] = sources;
  if (files.some(({ path }) => path === mainFile) || sources.length !== 1) return [...files];
  return files.map((file) => (file === only ? { ...file, path: mainFile } : file));
}

function makeProgram(files: readonly RunFile[], target: LanguageInfo, options: OpenFilesOptions): void {
  const { drafts, language, onLanguage, onShow } = options;
  const put = putInto({ code: "", files: [] }, target.mainFile, withMain(files, target), "replace");
  if (cannotBe(target, put)) return;
  const before = drafts.put(target.id, { stdin: "", args: "", tests: [], ...put }) ?? sampleDraft(target);
  onLanguage(target.id);
  onShow(target.mainFile);
  told(files, () => {
    drafts.put(target.id, before);
    if (language) onLanguage(language.id);
  });
}

async function putIn(
  given: readonly RunFile[],
  language: LanguageInfo,
  draft: Draft,
  { drafts, onShow }: OpenFilesOptions,
  ask: (names: readonly string[]) => Promise<SameName | null>,
): Promise<void> {
  // Nobody misses a sample that was not touched.
  const files = drafts.isSample ? withMain(given, language) : given;
  const taken = [...(drafts.isSample ? [] : [language.mainFile]), ...draft.files.map(({ path }) => path)];
  const same = files.map(({ path }) => path).filter((path) => taken.includes(path));
  const answer = same.length > 0 ? await ask(same) : "replace";
  if (answer === null) return;
  const put = putInto(draft, language.mainFile, files, answer);
  if (cannotBe(language, put)) return;
  // The input belonged to the sample.
  const input = drafts.isSample && put.code !== draft.code ? { stdin: "", args: "" } : {};
  drafts.replace({ ...draft, ...input, ...put });
  onShow(files.at(-1)?.path ?? language.mainFile);
  told(given, () => drafts.replace(draft));
}

/** Says why a program cannot be like this, if so. */
function cannotBe({ mainFile }: LanguageInfo, { code, files }: Pick<Draft, "code" | "files">): boolean {
  const paths = [mainFile, ...files.map(({ path }) => path)];
  const clash = clashingPaths(paths);
  const problem = clash
    ? `${paths[clash.first]} and ${paths[clash.second]} cannot be beside each other.`
    : sizeProblem(mainFile, code, files);
  if (problem !== null) toast("These files do not fit into the program", { description: problem });
  return problem !== null;
}

function told(files: readonly RunFile[], undo: () => void): void {
  const words = files.length === 1 ? `${files[0]?.path} is open` : `${files.length} files are open`;
  toast(words, { duration: UNDO_MS, action: { label: "Undo", onClick: undo } });
}

function refuse(refused: readonly Refused[]): void {
  const [first, ...others] = refused;
  if (!first) return;
  const more = others.length > 0 ? ` ${others.length} more were left out.` : "";
  toast(others.length === 0 ? "A file was left out" : `${refused.length} files were left out`, {
    description: `${first.path} ${first.why}.${more}`,
    duration: UNDO_MS,
  });
}
