import * as monaco from "monaco-editor/editor";

monaco.languages.register({ id: "ocaml", extensions: [".ml", ".mli"], aliases: ["OCaml", "ml"] });

monaco.languages.setLanguageConfiguration("ocaml", {
  comments: { blockComment: ["(*", "*)"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["begin", "end"],
  ],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: "{", close: "}" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
  onEnterRules: [
    {
      beforeText: /(?:\b(?:begin|do|else|fun|function|in|of|sig|struct|then|try|with)|->|[=({[])\s*$/,
      action: { indentAction: monaco.languages.IndentAction.Indent },
    },
  ],
});

monaco.languages.setMonarchTokensProvider("ocaml", {
  keywords:
    "and as assert begin class constraint do done downto effect else end exception external for fun function functor if in include inherit initializer lazy let match method module mutable new nonrec object of open private rec sig struct then to try type val virtual when while with true false asr land lor lsl lsr lxor mod or".split(
      " ",
    ),
  tokenizer: {
    root: [
      [/\(\*(?!\))/, "comment", "@comment"],
      [/"/, "string", "@string"],
      [/'(?:[^\\']|\\(?:[\\"'ntbr ]|\d{3}|x[\da-fA-F]{2}))'/, "string"],
      [/'[a-z_]\w*/, "type"],
      [/0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+/, "number.hex"],
      [/\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?[lLn]?/, "number"],
      [/[A-Z][\w']*/, "type"],
      [/[~?][a-z_]\w*/, "attribute.name"],
      [/[a-z_][\w']*/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
      [/[()[\]{},;]/, "delimiter"],
      [/[!$%&*+./:<=>?@^|~-]+/, "operator"],
    ],
    comment: [
      [/\(\*/, "comment", "@push"],
      [/\*\)/, "comment", "@pop"],
      [/[^(*]+|./, "comment"],
    ],
    string: [
      [/[^\\"]+/, "string"],
      [/\\(?:[\\"'ntbr ]|\d{3}|x[\da-fA-F]{2}|u\{[\da-fA-F]+\}|$)/, "string.escape"],
      [/"/, "string", "@pop"],
      [/\\/, "string"],
    ],
  },
});
