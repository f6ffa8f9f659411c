import type { OutputPiece, OutputStream } from "../schemas/output-order";

/** A part of the transcript: printed by the program on one of its streams, or typed by the person. */
export interface TranscriptPart {
  kind: OutputStream | "typed";
  text: string;
}

/** Something that was typed while a program ran. */
export interface TypedText {
  /** How much the program had printed then, on both streams, in UTF-16 units. */
  at: number;
  text: string;
}

interface Typing {
  typed: readonly TypedText[];
  placed: number;
}

/**
 * Adds what was printed after `printed` units to a transcript, which is changed in place, and what was typed in between or is due after it.
 * Returns how many typed texts are placed then.
 */
export function addText(
  parts: TranscriptPart[],
  { kind, text }: TranscriptPart,
  { typed, placed }: Typing,
  printed: number,
): number {
  let done = placed;
  let taken = 0;
  for (let next = typed[done]; next && next.at <= printed + text.length; next = typed[done]) {
    const end = Math.max(taken, next.at - printed);
    append(parts, { kind, text: text.slice(taken, end) });
    append(parts, { kind: "typed", text: next.text });
    taken = end;
    done += 1;
  }
  append(parts, { kind, text: text.slice(taken) });
  return done;
}

/** The state with everything in its transcript that was typed before the program printed more. */
export function placeTyped<State extends Typing & TranscriptState>(state: State): State {
  const transcript = [...state.transcript];
  const printed = state.stdout.length + state.stderr.length;
  const placed = addText(transcript, { kind: "stdout", text: "" }, state, printed);
  return { ...state, transcript, placed };
}

interface TranscriptState {
  transcript: readonly TranscriptPart[];
  stdout: string;
  stderr: string;
}

/** The transcript of a run that has ended. */
export function withTyped(pieces: readonly OutputPiece[], typed: readonly TypedText[]): TranscriptPart[] {
  const parts: TranscriptPart[] = [];
  let printed = 0;
  let placed = addText(parts, { kind: "stdout", text: "" }, { typed, placed: 0 }, 0);
  for (const { stream, text } of pieces) {
    placed = addText(parts, { kind: stream, text }, { typed, placed }, printed);
    printed += text.length;
  }
  for (const { text } of typed.slice(placed)) append(parts, { kind: "typed", text });
  return parts;
}

/** Which parts are looked at. */
export type Shown = "all" | OutputStream;

/** All parts, or those of one stream. */
export function partsOf(parts: readonly TranscriptPart[], shown: Shown): readonly TranscriptPart[] {
  return shown === "all" ? parts : parts.filter(({ kind }) => kind === shown);
}

/** Lines of input, an unfinished one counted. */
export function countLines(text: string): number {
  const whole = text.split("\n").length - 1;
  return text === "" || text.endsWith("\n") ? whole : whole + 1;
}

function append(parts: TranscriptPart[], { kind, text }: TranscriptPart): void {
  if (text === "") return;
  const last = parts.at(-1);
  if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + text };
  else parts.push({ kind, text });
}
