import * as monaco from "monaco-editor/editor";

/** Monaco knows no D. */
monaco.languages.register({ id: "d" });

monaco.languages.setLanguageConfiguration("d", {
  comments: { lineComment: "//", blockComment: ["/*", "*/"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
  ],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: "{", close: "}" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
    { open: "`", close: "`", notIn: ["string", "comment"] },
  ],
});

monaco.languages.setMonarchTokensProvider("d", {
  keywords:
    "abstract alias align asm assert auto body break case cast catch class const continue debug default delegate delete deprecated do else enum export extern final finally for foreach foreach_reverse function goto if immutable import in inout interface invariant is lazy macro mixin module new nothrow out override package pragma private protected public pure ref return scope shared static struct super switch synchronized template this throw try typeid typeof union unittest version while with __gshared __traits".split(
      " ",
    ),
  types:
    "bool byte ubyte short ushort int uint long ulong cent ucent float double real char wchar dchar void string wstring dstring size_t ptrdiff_t noreturn".split(
      " ",
    ),
  constants: "true false null __FILE__ __LINE__ __MODULE__ __FUNCTION__".split(" "),
  tokenizer: {
    root: [
      [
        /[a-zA-Z_]\w*/,
        {
          cases: {
            "@keywords": "keyword",
            "@types": "type",
            "@constants": "constant",
            "@default": "identifier",
          },
        },
      ],
      [/@\w+/, "annotation"],
      [/\/\/.*$/, "comment"],
      [/\/\*/, "comment", "@comment"],
      [/\/\+/, "comment", "@nested"],
      [/r?`[^`]*`/, "string"],
      [/r"[^"]*"/, "string"],
      [/"/, "string", "@string"],
      [/'(?:[^'\\]|\\.[^']*)'/, "string"],
      [/0[xX][\da-fA-F_]+[uUL]*/, "number.hex"],
      [/0[bB][01_]+[uUL]*/, "number.binary"],
      // A dot belongs to a number only where a digit follows: `0 .. 8` and `1.max` are others.
      [/\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?[uULfF]*/, "number"],
      [/[()[\]{}]/, "@brackets"],
      [/[-+*/%=<>!&|^~?:$.]+/, "operator"],
      [/[,;]/, "delimiter"],
    ],
    comment: [
      [/[^*]+/, "comment"],
      [/\*\//, "comment", "@pop"],
      [/\*/, "comment"],
    ],
    nested: [
      [/[^+/]+/, "comment"],
      [/\/\+/, "comment", "@push"],
      [/\+\//, "comment", "@pop"],
      [/[+/]/, "comment"],
    ],
    string: [
      [/[^\\"]+/, "string"],
      [/\\./, "string.escape"],
      [/"[cwd]?/, "string", "@pop"],
    ],
  },
});
