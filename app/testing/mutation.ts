import fc from "fast-check";

/** One change of a valid request. `at` chooses a place of it, whatever its size. */
export type Change =
  | { how: "remove"; at: number }
  | { how: "replace"; at: number; value: unknown }
  | { how: "add"; at: number; key: string; value: unknown }
  | { how: "repeat"; at: number; times: number };

/** A valid request, changed. */
export interface Mutation {
  body: readonly Change[];
  /** Sent in place of the body's JSON. */
  raw: string | null;
  query: Readonly<Record<string, string>>;
  /** In place of each parameter of the path. */
  param: string | null;
  headers: Readonly<Record<string, string>>;
}

/** Texts that have broken something somewhere. */
const NASTY = [
  ...[
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
    "__proto__",
    "constructor",
    "toString",
    "../../etc/passwd",
    "%00",
    "$ne",
  ],
  ...["' OR 1=1 --", "{{7*7}}", "null", "NaN", "1e309", "-0", "0x10", "9".repeat(400), "é".repeat(300)],
  ...[
    "x".repeat(70_000),
    "\n".repeat(5_000),
    "a/".repeat(600),
    "2026-99-99",
    "[object Object]",
    "=cmd|'/c calc'!A0",
  ],
];
const nasty = fc.constantFrom(...NASTY);
const text = fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 60 }));
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -1, 2 ** 31, 2 ** 53, 1e308, 0.1),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: "small" },
  text,
  number,
  fc.constantFrom<unknown>(null, true, false, {}, [], [[]], { "": "" }),
  fc.jsonValue({ maxDepth: 3 }),
);
const at = fc.nat(1_000);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ how: fc.constant("remove" as const), at }),
  fc.record({ how: fc.constant("replace" as const), at, value }),
  fc.record({ how: fc.constant("add" as const), at, key: text, value }),
  fc.record({ how: fc.constant("repeat" as const), at, times: fc.integer({ min: 2, max: 200 }) }),
);

/** What can be the value of a header. */
const headerValue = fc
  .oneof(nasty, fc.string({ maxLength: 40 }))
  .map((each) => each.replace(/[^\x20-\x7e]/g, "").trim());

export function mutations(
  queryNames: readonly string[],
  headerNames: readonly string[],
): fc.Arbitrary<Mutation> {
  const pairs = (names: readonly string[], of: fc.Arbitrary<string>) =>
    fc.dictionary(fc.constantFrom(...names, "unknown", "__proto__x"), of, { maxKeys: 2 });
  return fc.record({
    body: fc.array(change, { maxLength: 3 }),
    raw: fc.option(fc.oneof(text, fc.json({ maxDepth: 2 })), { freq: 12 }),
    query: pairs(queryNames, text),
    param: fc.option(fc.oneof(nasty, fc.string({ maxLength: 30 })), { freq: 2 }),
    headers: pairs([...headerNames, "content-type", "accept"], headerValue).map((chosen) =>
      Math.abs(hash(JSON.stringify(chosen))) % 3 === 0 ? chosen : {},
    ),
  });
}

/** Every object and list in a JSON value, with the keys by which something in them can be changed. */
function placesOf(whole: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof whole !== "object" || whole === null) return [];
  const holder = whole as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}

/** A copy of the value with these changes. */
export function changed(whole: unknown, changes: readonly Change[]): unknown {
  const root = { whole: structuredClone(whole) } as Record<string, unknown>;
  for (const each of changes) {
    const places = placesOf(root);
    const place = places[each.at % places.length];
    if (!place) continue;
    const { holder, key } = place;
    if (each.how === "remove") delete holder[key];
    else if (each.how === "replace") holder[key] = each.value;
    else if (each.how === "repeat") holder[key] = Array.from({ length: each.times }, () => holder[key]);
    else if (!Array.isArray(holder))
      Object.defineProperty(holder, each.key, {
        value: each.value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return root.whole;
}

function hash(of: string): number {
  let sum = 7;
  for (const char of of) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return sum;
}
