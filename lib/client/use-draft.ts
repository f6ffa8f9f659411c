"use client";

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { LanguageInfo } from "../schemas/language";
import { titleOfCode } from "../schemas/title";
import { type Draft, knownDraft, sameDraft, sampleDraft } from "./drafts";
import type { OpenProgram, SaveState } from "./programs/desk";
import { desk, onMoved, shelf } from "./programs/this-desk";
import { useAccountGate, useLastOfServer, useOldDrafts } from "./programs/use-start";
import { inputAfterEdit } from "./sample-input";

export { sampleDraft } from "./drafts";

/** The program in the editor, as far as it is more than a sample. */
export interface ProgramState {
  id: string;
  title: string;
  titleSource: "derived" | "typed";
  saved: SaveState;
  /** The server has it: there are an address and runs of it. */
  hasAddress: boolean;
}

/** How a program begins that is put into the editor. */
export interface Beginning {
  /** Empty where it is called by its code. */
  title?: string | undefined;
  /** The server is to have it at once, and not only when something is typed in it. */
  save?: boolean;
}

export interface DraftControl {
  draft: Draft | null;
  /** Changes when the draft was changed by something other than the editor's own fields. */
  epoch: number;
  isSample: boolean;
  /** What is typed is neither in this browser's storage nor on the server. */
  unsaved: boolean;
  update: (patch: Partial<Draft>) => void;
  /** Another content of the program; the sample's begins a new one, and the content of the one before opens that again. */
  replace: (draft: Draft) => void;
  /** Opens a new program of any language with this content, and answers what was open in it; giving it back opens that again. */
  put: (language: string, draft: Draft, how?: Beginning) => Draft | null;
  /** `null` for a sample that nothing was typed in. */
  program: ProgramState | null;
  rename: (title: string) => void;
  /** Opens a program and answers its language; `null` when there is none of this id, and "away" when nobody can tell. */
  open: (id: string) => Promise<string | null | "away">;
  /** What was open in a language before, by Back; `null` is its sample. */
  show: (language: string, id: string | null) => void;
  /** The sample as a new program. */
  fresh: () => void;
  /** What a run is sent with: which program it is of. Has what is typed saved. */
  ofRun: () => { programId?: string };
  /** How a program came into the editor, so that the address follows. */
  moves: number;
}

/**
 * The program of the selected language: the last one that was open in it, else its sample. Saved as one types, in this browser at once and on
 * the server shortly after; changes of other tabs are applied.
 */
export function useDraft(
  language: LanguageInfo | null,
  languages: readonly LanguageInfo[] | null,
): DraftControl {
  useSyncExternalStore(desk.subscribe, desk.version, () => 0);
  /** What is open in each language, and what was before it; `null` is the sample. Refs, since several changes may come before a render. */
  const opened = useRef<Record<string, string | null>>({});
  const before = useRef<Record<string, string | null>>({});
  const [moves, setMoves] = useState(0);
  const [epoch, setEpoch] = useState(0);

  const lang = language?.id ?? "";
  const sample = useMemo(() => (language ? sampleDraft(language) : null), [language]);
  const idIn = useCallback(
    (of: string) => (of in opened.current ? (opened.current[of] ?? null) : shelf.last(of)),
    [],
  );
  const id = lang === "" ? null : idIn(lang);
  const program: OpenProgram | null = id === null ? null : (desk.get(id) ?? readNow(id));
  const content = program?.content ?? null;
  const draft = useMemo(
    () => (content && language ? knownDraft(content, language) : sample),
    [content, language, sample],
  );

  const point = useCallback(
    (of: string, next: string | null) => {
      before.current[of] = idIn(of);
      opened.current[of] = next;
      shelf.setLast(of, next);
    },
    [idIn],
  );
  const select = useCallback(
    (of: string, next: string | null) => {
      point(of, next);
      setMoves((count) => count + 1);
      setEpoch((count) => count + 1);
    },
    [point],
  );

  useEffect(() => {
    if (id === null) return;
    void desk.open(id).then((found) => {
      if (found === "absent" && idIn(lang) === id) select(lang, null);
    });
  }, [id, lang, idIn, select]);
  useEffect(
    () =>
      onMoved(({ from, to }) => {
        for (const of of new Set([...Object.keys(opened.current), lang])) {
          if (idIn(of) !== from) continue;
          opened.current[of] = to;
          shelf.setLast(of, to);
        }
        setMoves((count) => count + 1);
      }),
    [lang, idIn],
  );
  useAccountGate();
  useOldDrafts(languages, select);
  useLastOfServer(lang, id === null, select);

  // Two updates may come before the next render; the second must build on the first.
  const latest = useRef({ lang, languages, sample, id, draft });
  latest.current = { lang, languages, sample, id, draft };

  const begin = useCallback(
    (of: string, given: Draft, { title = "", save = false }: Beginning = {}): string => {
      const known = latest.current.languages?.find((one) => one.id === of);
      const content = known ? knownDraft(given, known) : given;
      const made = desk.place(of, content, {
        ...{ title: title || titleOfCode(content.code), titleSource: title === "" ? "derived" : "typed" },
        save,
      });
      point(of, made);
      return made;
    },
    [point],
  );

  const update = useCallback(
    (patch: Partial<Draft>) => {
      const { lang: of, sample: begun, id: open, draft: now } = latest.current;
      if (!now || !begun) return;
      // With a sample's code its input goes, too.
      const { code } = patch;
      const stdin = code === undefined ? now.stdin : inputAfterEdit([begun], now, code);
      const next = { ...now, stdin, ...patch };
      if (sameDraft(next, now)) return;
      const made = open ?? begin(of, next);
      latest.current = { ...latest.current, id: made, draft: next };
      desk.edit(made, next, titleOfCode(next.code));
      if (next.stdin !== (patch.stdin ?? now.stdin)) setEpoch((count) => count + 1);
    },
    [begin],
  );

  /** The program that was open before, where it has just this content: an undo. */
  const reopened = useCallback(
    (of: string, content: Draft): boolean => {
      const previous = before.current[of];
      const was = previous ? (desk.get(previous) ?? shelf.read(previous)) : null;
      if (!previous || !was || !sameDraft(was.content, content)) return false;
      select(of, previous);
      return true;
    },
    [select],
  );

  const replace = useCallback(
    (next: Draft) => {
      const { lang: of, sample: begun, id: open } = latest.current;
      if (begun && sameDraft(next, begun)) return select(of, null);
      if (reopened(of, next)) return;
      if (open === null) {
        const made = begin(of, next);
        desk.edit(made, next, titleOfCode(next.code));
      } else {
        desk.replace(open, next, titleOfCode(next.code));
      }
      setEpoch((count) => count + 1);
    },
    [begin, reopened, select],
  );

  const put = useCallback(
    (of: string, next: Draft, how?: Beginning): Draft | null => {
      const open = idIn(of);
      const was = open === null ? null : (desk.get(open) ?? shelf.read(open));
      if (!reopened(of, next)) {
        begin(of, next, how);
        setMoves((count) => count + 1);
        setEpoch((count) => count + 1);
      }
      return was?.content ?? null;
    },
    [begin, idIn, reopened],
  );

  const [awaited, setAwaited] = useState<string | null>(null);
  const open = useCallback(
    async (wanted: string) => {
      // Until it is here nothing else is shown in its place, where somebody could begin to type.
      if (!desk.get(wanted) && !shelf.read(wanted)) setAwaited(wanted);
      const found = await desk.open(wanted);
      setAwaited((other) => (other === wanted ? null : other));
      const opened = desk.get(wanted);
      if (!opened) return found === "away" ? "away" : null;
      select(opened.language, wanted);
      return opened.language;
    },
    [select],
  );

  // Another program is another epoch by itself, where it is one at all: what is typed in a sample becomes a program without any.
  const changes = useRef({ id, epoch: 0, count: 0 });
  const { id: seenId, epoch: seenEpoch, count } = changes.current;
  const own = program?.epoch ?? 0;
  changes.current = { id, epoch: own, count: seenId === id && seenEpoch !== own ? count + 1 : count };

  const isSample = sample !== null && draft !== null && sameDraft(draft, sample);
  const untouched = isSample && program !== null && program.revision === 0 && !program.dirty;
  return {
    draft: awaited === null ? draft : null,
    epoch: epoch + changes.current.count,
    isSample,
    unsaved: program !== null && !program.shelved && program.state.name !== "saved",
    update,
    replace,
    put,
    program: program === null || untouched ? null : stateOf(program),
    rename: useCallback((title: string) => {
      const { id: open, draft: now } = latest.current;
      if (!open || !now) return;
      if (title === "") desk.rename(open, titleOfCode(now.code), "derived");
      else desk.rename(open, title, "typed");
    }, []),
    open,
    show: select,
    fresh: useCallback(() => select(latest.current.lang, null), [select]),
    ofRun: useCallback(() => {
      const { id: open } = latest.current;
      const opened = open === null ? null : desk.get(open);
      if (!opened) return {};
      // At once, but the run does not wait for it: the id is the program's already before the server has it.
      void desk.keep(opened.id);
      return { programId: opened.id };
    }, []),
    moves,
  };
}

/** Before the desk has opened it, what this browser keeps of it is shown: the first paint waits for nothing. */
function readNow(id: string): OpenProgram | null {
  const kept = shelf.read(id);
  return kept && { ...kept, state: { name: kept.dirty ? "saving" : "saved" }, epoch: 0, shelved: true };
}

function stateOf({ id, title, titleSource, state, revision }: OpenProgram): ProgramState {
  return { id, title, titleSource, saved: state, hasAddress: revision > 0 };
}
