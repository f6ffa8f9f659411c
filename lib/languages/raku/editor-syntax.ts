import * as monaco from "monaco-editor/editor";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

monaco.languages.register({ id: "raku", extensions: [".raku", ".rakumod"], aliases: ["Raku"] });

monaco.languages.setLanguageConfiguration("raku", {
  comments: { lineComment: "#" },
  // A name may have hyphens and apostrophes inside.
  wordPattern: /[A-Za-z_]\w*(?:[-'][A-Za-z_]\w*)*/,
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
    { open: "'", close: "'", notIn: ["string", "comment"] },
  ],
});

monaco.languages.setMonarchTokensProvider("raku", {
  keywords: KEYWORDS,
  functions: FUNCTIONS,
  tokenizer: {
    root: [
      [/^=begin\b.*$/, "comment", "@pod"],
      [/#`\(/, "comment", "@inner"],
      [/#.*$/, "comment"],
      [/[$@%&][.!*?^:=~]?[A-Za-z_]\w*(?:[-'][A-Za-z_]\w*)*|\$[_/!0-9]|[@%]\$|&\[/, "variable"],
      [
        /[A-Za-z_]\w*(?:[-'][A-Za-z_]\w*)*/,
        { cases: { "@keywords": "keyword", "@functions": "predefined", "@default": "identifier" } },
      ],
      [/0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/, "number"],
      [/"/, "string", "@double"],
      [/'(?:[^'\\]|\\.)*'/, "string"],
      [/「[^」]*」/, "string"],
      [/\/(?=[^\s/](?:[^/\\]|\\.)*\/)(?:[^/\\]|\\.)+\//, "regexp"],
      [/[{}()[\]]/, "@brackets"],
      [/[-+*/%^!<>=~&|?:,;.«»…×÷≤≥≠∈∉]+/, "operator"],
    ],
    pod: [
      [/^=end\b.*$/, "comment", "@pop"],
      [/.+/, "comment"],
      [/^$/, "comment"],
    ],
    inner: [
      [/[^)]+/, "comment"],
      [/\)/, "comment", "@pop"],
    ],
    double: [
      [/[$@%&][.!*]?[A-Za-z_]\w*(?:[-'][A-Za-z_]\w*)*/, "variable"],
      [/\\./, "string.escape"],
      [/[^"\\$@%&]+/, "string"],
      [/"/, "string", "@pop"],
      [/[$@%&]/, "string"],
    ],
  },
});
