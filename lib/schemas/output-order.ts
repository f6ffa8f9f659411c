export type OutputStream = "stdout" | "stderr";

/** What follows this many changes of stream is kept without its order: the rest of stdout, then the rest of stderr. */
export const MAX_ORDER_PIECES = 4_096;

/** Notes the order of a stage's output as it comes. */
export class OrderNotes {
  readonly #lengths: number[] = [0];

  add(stream: OutputStream, length: number): void {
    if (length === 0) return;
    const last = this.#lengths.length - 1;
    if (streamAt(last) === stream) this.#lengths[last] = (this.#lengths[last] ?? 0) + length;
    else if (this.#lengths.length < MAX_ORDER_PIECES) this.#lengths.push(length);
    // Full, and never added to again: a later piece of the same stream would come before what is left out here.
    else if (this.#lengths.length === MAX_ORDER_PIECES) this.#lengths.push(0);
  }

  /** `undefined` where the texts alone tell it. */
  get order(): number[] | undefined {
    return this.#lengths.length <= 2 ? undefined : this.#lengths.slice(0, MAX_ORDER_PIECES);
  }
}

/** A piece of output in the order in which it was written. */
export interface OutputPiece {
  stream: OutputStream;
  text: string;
}

/** The output in the order in which it was written. Nothing is lost or repeated, whatever the order says. */
export function inOrder(output: {
  stdout: string;
  stderr: string;
  order?: readonly number[] | undefined;
}): OutputPiece[] {
  const pieces: OutputPiece[] = [];
  const taken = { stdout: 0, stderr: 0 };
  const take = (stream: OutputStream, length: number) => {
    const text = output[stream].slice(taken[stream], taken[stream] + length);
    taken[stream] += text.length;
    if (text === "") return;
    const last = pieces.at(-1);
    if (last?.stream === stream) last.text += text;
    else pieces.push({ stream, text });
  };
  for (const [index, length] of (output.order ?? []).entries()) take(streamAt(index), length);
  take("stdout", output.stdout.length);
  take("stderr", output.stderr.length);
  return pieces;
}

function streamAt(index: number): OutputStream {
  return index % 2 === 0 ? "stdout" : "stderr";
}
