import Anser from "anser";

/** The style of a piece of text. Equal styles are the same object, so they can be compared by identity. */
export interface TextStyle {
  color: string | null;
  background: string | null;
  /** Class names of app/program-text.css. */
  classes: string;
  /** Written to standard error. */
  error?: true;
}

type Decoration = Anser.DecorationName;

/** Supported decorations. Not `blink`, which annoys, and `hidden`, which hides text from its reader. */
const CLASSES: Partial<Record<Decoration, string>> = {
  bold: "ansi-bold",
  dim: "ansi-dim",
  italic: "ansi-italic",
  underline: "ansi-underline",
  strikethrough: "ansi-strikethrough",
};

const MAX_PARAMETERS = 256;

/** Interprets SGR sequences (`ESC[…m`) and keeps their accumulated style. */
export class StyleReader extends Anser {
  /** Anser's list, missing from its types. It grows with each `ESC[1m`, hence the de-duplication below. */
  declare decorations: Decoration[];
  readonly #known = new Map<string, TextStyle>();

  /** `parameters` is the text between `ESC[` and `m`. `null` is plain text. */
  read(parameters: string): TextStyle | null {
    if (parameters.length > MAX_PARAMETERS) return null;
    const options = { json: true, use_classes: true };
    const entry = this.processChunkJson(`${withoutColons(parameters)}m`, options, true);
    if (!entry.was_processed) return null;
    this.decorations = [...new Set(this.decorations)];
    const look = toStyle(entry, this.decorations);
    const key = `${look.color}|${look.background}|${look.classes}`;
    const known = this.#known.get(key);
    if (known) return known;
    this.#known.set(key, look);
    return look;
  }
}

/** `38:2::1:2:3` is the standard's form of `38;2;1;2;3`. `4:3`, a wavy underline, becomes an underline. */
function withoutColons(parameters: string): string {
  if (!parameters.includes(":")) return parameters;
  return parameters
    .split(";")
    .map((part) => {
      if (/^[34]8:/.test(part))
        return part.replace(/^([34]8:2):[^:]*:(?=[^:]*:[^:]*:)/, "$1:").replaceAll(":", ";");
      if (part === "4:0") return "24";
      return part.split(":", 1)[0] ?? "";
    })
    .join(";");
}

function toStyle(entry: Anser.AnserJsonEntry, decorations: readonly Decoration[]): TextStyle {
  const reverse = decorations.includes("reverse");
  const front = toColor(entry.fg, entry.fg_truecolor);
  const back = toColor(entry.bg, entry.bg_truecolor);
  const classes = decorations.flatMap((name) => CLASSES[name] ?? []).join(" ");
  const background = reverse ? (front ?? named("var(--ink)")) : back;
  if (!background) return { color: front?.css ?? null, background: null, classes };
  const explicit = reverse ? back : front;
  return {
    // On the theme's own colours only `--surface` is sure to have enough contrast; see app/tokens.css.
    color: background.theme ? "var(--surface)" : (explicit?.css ?? (background.bright ? "#000" : "#fff")),
    background: background.css,
    classes,
  };
}

interface Color {
  css: string;
  /** One of the theme's sixteen colours. */
  theme: boolean;
  bright: boolean;
}

function named(css: string): Color {
  return { css, theme: true, bright: false };
}

/** `null` without a colour, although Anser's types say string. */
function toColor(name: string | null, trueColor: string | null): Color | null {
  if (!name) return null;
  if (name === "ansi-truecolor") return rgb(...channels(trueColor ?? ""));
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  return palette === undefined ? named(`var(--${name})`) : paletteColor(Number(palette));
}

function channels(text: string): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = text.split(",").map(Number);
  return [red, green, blue];
}

function rgb(red: number, green: number, blue: number): Color {
  const bright = red * 0.299 + green * 0.587 + blue * 0.114 > 140;
  return { css: `rgb(${red} ${green} ${blue})`, theme: false, bright };
}

const CUBE = [0, 95, 135, 175, 215, 255];

/** Entries 16 to 255 of the 256-colour palette: a 6×6×6 cube, then 24 greys. */
function paletteColor(index: number): Color {
  if (index >= 232) {
    const level = 8 + (index - 232) * 10;
    return rgb(level, level, level);
  }
  const at = index - 16;
  const level = (step: number) => CUBE[step % 6] ?? 0;
  return rgb(level(Math.floor(at / 36)), level(Math.floor(at / 6)), level(at));
}
