import type { TextStyle } from "./ansi";
import { columnsOf, cutPoint, graphemes, isOneColumnEach } from "./cells";
import { joinSegments, pushSegment, type Segment } from "./styled-text";

/** In UTF-16 units or columns. Longer lines are broken: browsers stall on laying out a line of a megabyte. Copies are not. */
const MAX_LINE = 8192;
/** A cell with this many characters takes no further marks: they begin a new cell. */
const MAX_CELL = 64;
const TAB_COLUMNS = 8;

/** One column. The second column of a wide character and all but the first of a tab have empty text. */
interface Cell {
  text: string;
  style: TextStyle | null;
}

/**
 * The line being written, with its cursor. Nearly all lines are only appended to and stay a list of segments. When a program
 * overwrites part of a line, it is split into cells, as in a terminal.
 */
export class Line {
  #segments: Segment[] = [];
  /** UTF-16 units in `#segments`. */
  #chars = 0;
  /** Replaces `#segments` once the line is split. */
  #cells: Cell[] | null = null;
  /** The cursor's column; `null` at the end of the line, so that appending needs no columns. */
  #cursor: number | null = null;
  /** The cell before the cursor was written last, so marks that come next belong to it. */
  #continues = false;

  get isEmpty(): boolean {
    return this.#cells === null ? this.#chars === 0 : this.#cells.length === 0;
  }

  /** Writes at the cursor. Returns the part of the text that did not fit into this line. */
  write(text: string, style: TextStyle | null): string {
    if (this.#cursor === 0 && this.#isReplacedBy(text)) this.clear();
    return this.#cells === null && this.#cursor === null
      ? this.#append(text, style)
      : this.#overwrite(text, style);
  }

  carriageReturn(): void {
    this.#continues = false;
    this.#cursor = this.isEmpty ? null : 0;
  }

  backspace(): void {
    this.toColumn(Math.max(0, (this.#cursor ?? this.#width()) - 1));
  }

  /** Columns count from 0. The cursor stays within the text. */
  toColumn(column: number): void {
    this.#continues = false;
    this.#cursor = column < this.#width() ? column : null;
  }

  /** Erases from the cursor (0), up to and including it (1), or the whole line (2). The cursor keeps its column. */
  erase(mode: number): void {
    this.#continues = false;
    if (mode === 0) {
      if (this.#cursor === 0) this.clear();
      else if (this.#cursor !== null) this.#truncate(this.#cursor);
      return;
    }
    const column = this.#cursor ?? this.#width();
    if (mode === 1) {
      const cells = this.#split();
      blankHalfAt(cells, column + 1);
      for (const cell of cells.slice(0, column + 1)) Object.assign(cell, { text: " ", style: null });
      return;
    }
    this.clear();
    this.#append(" ".repeat(column), null);
  }

  clear(): void {
    this.#segments = [];
    this.#chars = 0;
    this.#cells = null;
    this.#cursor = null;
    this.#continues = false;
  }

  segments(): readonly Segment[] {
    return this.#cells === null ? this.#segments : joinSegments(this.#cells);
  }

  #append(text: string, style: TextStyle | null): string {
    const part = text.slice(0, cutPoint(text, Math.max(0, MAX_LINE - this.#chars)));
    pushSegment(this.#segments, { text: part, style });
    this.#chars += part.length;
    return text.slice(part.length);
  }

  #overwrite(text: string, style: TextStyle | null): string {
    const cells = this.#split();
    let column = this.#cursor ?? cells.length;
    let rest = text;
    const last = this.#continues ? leadOf(cells, column - 1) : -1;
    const before = cells[last];
    if (before?.style === style && before.text.length < MAX_CELL && !isOneColumnEach(text.slice(0, 1))) {
      // Chunks may be cut within a grapheme cluster, so the text is segmented together with the cell before it.
      rest = before.text + text;
      column = last;
    }
    let read = 0;
    for (const grapheme of isOneColumnEach(rest) ? rest : graphemes(rest)) {
      if (column >= MAX_LINE) break;
      column = put(cells, column, { text: grapheme, style });
      read += grapheme.length;
    }
    this.#cursor = column < cells.length ? column : null;
    this.#continues = true;
    return rest.slice(read);
  }

  #truncate(column: number): void {
    const cells = this.#split();
    blankHalfAt(cells, column);
    cells.length = column;
    this.#cursor = null;
  }

  /** A whole line drawn over, as by progress bars, needs no cells. */
  #isReplacedBy(text: string): boolean {
    const columns = this.#cells?.length ?? (this.#isOneColumnEach() ? this.#chars : Number.POSITIVE_INFINITY);
    return text.length >= columns && isOneColumnEach(text);
  }

  #isOneColumnEach(): boolean {
    return this.#segments.every((segment) => isOneColumnEach(segment.text));
  }

  #width(): number {
    return this.#cells === null && this.#isOneColumnEach() ? this.#chars : this.#split().length;
  }

  #split(): Cell[] {
    if (this.#cells !== null) return this.#cells;
    const cells: Cell[] = [];
    for (const { text, style } of this.#segments) {
      for (const grapheme of isOneColumnEach(text) ? text : graphemes(text)) {
        put(cells, cells.length, { text: grapheme, style });
      }
    }
    this.#segments = [];
    this.#chars = 0;
    this.#cells = cells;
    return cells;
  }
}

/** Writes one grapheme cluster at a column, replacing what is there. Returns the column after it. */
function put(cells: Cell[], column: number, { text, style }: Cell): number {
  if (text === "\t") return putTab(cells, column, style);
  const columns = columnsOf(text);
  const before = columns === 0 ? cells[leadOf(cells, column - 1)] : undefined;
  if (before && before.text.length < MAX_CELL) {
    before.text += text;
    return column;
  }
  const end = column + Math.max(1, columns);
  blankHalfAt(cells, column);
  blankHalfAt(cells, end);
  cells[column] = { text, style };
  for (let second = column + 1; second < end; second++) cells[second] = { text: "", style };
  return end;
}

/** A tab moves the cursor to the next stop without overwriting; at the end of the line it extends the line. */
function putTab(cells: Cell[], column: number, style: TextStyle | null): number {
  const stop = column + TAB_COLUMNS - (column % TAB_COLUMNS);
  if (cells.length < stop) cells.push({ text: "\t", style });
  while (cells.length < stop) cells.push({ text: "", style });
  return stop;
}

/** The first column of the character at this column; -1 for column -1. */
function leadOf(cells: readonly Cell[], column: number): number {
  let lead = column;
  while (lead > 0 && cells[lead]?.text === "") lead -= 1;
  return lead;
}

/** Blanks all columns of a wide character or tab that begins before this column and reaches into it. */
function blankHalfAt(cells: Cell[], column: number): void {
  if (cells[column]?.text !== "") return;
  let at = leadOf(cells, column);
  do {
    cells[at] = { text: " ", style: cells[at]?.style ?? null };
    at += 1;
  } while (cells[at]?.text === "");
}
