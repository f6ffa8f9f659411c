import type { IBuffer, IBufferRange, ILinkProvider, Terminal as Xterm } from "@xterm/xterm";

/** Rows of one wrapped line that are looked at to both sides: an address that is longer is not worth the time of every movement. */
const MAX_ROWS = 20;

/** What may be an address in plain text. What it ends with may be the sentence's. */
const ADDRESS = /https:\/\/[^\s"'`<>{}|\\^]+/gi;
const SENTENCE_END = ".,;:!?";

/**
 * The address as it may be opened; `null` for all that is not https, and for a name or password in it, by which an address can look like
 * another (`https://bank.example@evil.example`).
 */
export function openableAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  return protocol === "https:" && username === "" && password === "" ? href : null;
}

/** An address on the screen and the cells that it takes. */
export interface FoundAddress {
  address: string;
  text: string;
  range: IBufferRange;
}

/** The addresses of https in the line that a row (from 0) is part of; one that wraps is one. */
export function addressesAt(buffer: Pick<IBuffer, "getLine">, row: number): FoundAddress[] {
  const { text, cells } = lineAt(buffer, row);
  return [...text.matchAll(ADDRESS)].flatMap(({ 0: raw, index }) => {
    const found = withoutSentence(raw);
    const address = openableAddress(found);
    const [start, end] = [cells[index], cells[index + found.length - 1]];
    return address && start && end ? [{ address, text: found, range: { start, end } }] : [];
  });
}

/**
 * A bracket at the end belongs to the sentence unless it was opened within the address. In one go from the end: what a program prints may be
 * a screen full of brackets, and is looked at with every movement of the mouse.
 */
function withoutSentence(raw: string): string {
  const surplus = new Map([
    [")", raw.split(")").length - raw.split("(").length],
    ["]", raw.split("]").length - raw.split("[").length],
  ]);
  let end = raw.length;
  for (; end > 0; end--) {
    const last = raw.charAt(end - 1);
    const closed = surplus.get(last) ?? 0;
    if (closed > 0) surplus.set(last, closed - 1);
    else if (!SENTENCE_END.includes(last)) break;
  }
  return raw.slice(0, end);
}

type Cell = IBufferRange["start"];

/** The text of a wrapped line, and the cell of each of its UTF-16 units, counted from 1 as xterm counts. */
function lineAt(buffer: Pick<IBuffer, "getLine">, row: number): { text: string; cells: Cell[] } {
  let first = row;
  while (row - first < MAX_ROWS && buffer.getLine(first)?.isWrapped) first -= 1;
  const cells: Cell[] = [];
  let text = "";
  for (let y = first; y <= row + MAX_ROWS; y++) {
    const line = buffer.getLine(y);
    if (!line || (y > row && !line.isWrapped)) break;
    for (let x = 0; x < line.length; x++) {
      const cell = line.getCell(x);
      // The second half of a wide character.
      if (cell?.getWidth() === 0) continue;
      const characters = cell?.getChars() || " ";
      text += characters;
      for (let unit = 0; unit < characters.length; unit++) cells.push({ x: x + 1, y: y + 1 });
    }
  }
  return { text, cells };
}

/** Makes addresses in plain text links. */
export function webLinks(view: Xterm, open: (address: string) => void): ILinkProvider {
  return {
    provideLinks(row, answer) {
      const found = addressesAt(view.buffer.active, row - 1);
      answer(found.map(({ address, text, range }) => ({ text, range, activate: () => open(address) })));
    },
  };
}
