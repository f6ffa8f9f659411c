import * as monaco from "monaco-editor/editor";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

monaco.languages.register({ id: "octave", extensions: [".m"], aliases: ["Octave"] });

monaco.languages.setLanguageConfiguration("octave", {
  comments: { lineComment: "%", blockComment: ["%{", "%}"] },
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

monaco.languages.setMonarchTokensProvider("octave", {
  keywords: KEYWORDS,
  functions: FUNCTIONS,
  tokenizer: {
    root: [
      [/^\s*[%#]\{\s*$/, "comment", "@block"],
      [/[%#].*$/, "comment"],
      [/\.\.\..*$/, "comment"],
      // A quote behind a value is the transpose; anywhere else it begins a string.
      [
        /([A-Za-z_]\w*)('+)/,
        [
          { cases: { "@keywords": "keyword", "@functions": "predefined", "@default": "identifier" } },
          "operator",
        ],
      ],
      [
        /[A-Za-z_]\w*/,
        { cases: { "@keywords": "keyword", "@functions": "predefined", "@default": "identifier" } },
      ],
      [/([)\]}])('+)/, ["delimiter", "operator"]],
      [/0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?[ij]?/, "number"],
      [/'(?:[^']|'')*'/, "string"],
      [/"/, "string", "@string"],
      [/[{}()[\]]/, "@brackets"],
      [/[-+*/\\^'!~<>=&|:;,.@]+?/, "operator"],
    ],
    block: [
      [/^\s*[%#]\}\s*$/, "comment", "@pop"],
      [/.+/, "comment"],
    ],
    string: [
      [/[^"\\]+/, "string"],
      [/\\./, "string.escape"],
      [/"/, "string", "@pop"],
    ],
  },
});
