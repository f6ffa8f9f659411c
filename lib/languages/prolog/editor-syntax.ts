import * as monaco from "monaco-editor/editor";
import { DIRECTIVES, PREDICATES } from "./editor-words";

monaco.languages.register({ id: "prolog", extensions: [".pl"], aliases: ["Prolog"] });

monaco.languages.setLanguageConfiguration("prolog", {
  comments: { lineComment: "%", blockComment: ["/*", "*/"] },
  brackets: [
    ["{", "}"],
    ["[", "]"],
    ["(", ")"],
  ],
  autoClosingPairs: [
    { open: "{", close: "}" },
    { open: "[", close: "]" },
    { open: "(", close: ")" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
});

monaco.languages.setMonarchTokensProvider("prolog", {
  keywords: DIRECTIVES,
  predicates: PREDICATES,
  tokenizer: {
    root: [
      [/%.*$/, "comment"],
      [/\/\*/, "comment", "@comment"],
      [/0'(?:\\.|''|.)/, "string"],
      [/0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/, "number"],
      [/[A-Z_]\w*/, "variable"],
      [
        /[a-z]\w*/,
        { cases: { "@keywords": "keyword", "@predicates": "predefined", "@default": "identifier" } },
      ],
      [/"/, "string", "@string"],
      [/'/, "string", "@atom"],
      [/`/, "string", "@codes"],
      [/[{}()[\]]/, "@brackets"],
      [/:-|-->|\?-|[!|,;]/, "keyword"],
      [/[-+*/\\^<>=~:.?@#&$]+/, "operator"],
    ],
    comment: [
      [/[^*]+/, "comment"],
      [/\*\//, "comment", "@pop"],
      [/\*/, "comment"],
    ],
    string: [
      [/[^"\\]+/, "string"],
      [/\\./, "string.escape"],
      [/"/, "string", "@pop"],
    ],
    atom: [
      [/[^'\\]+/, "string"],
      [/\\./, "string.escape"],
      [/'/, "string", "@pop"],
    ],
    codes: [
      [/[^`\\]+/, "string"],
      [/\\./, "string.escape"],
      [/`/, "string", "@pop"],
    ],
  },
});
