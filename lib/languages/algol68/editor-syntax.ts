import * as monaco from "monaco-editor/editor";
import { KEYWORDS, MODES, NAMES, PHRASES } from "./editor-words";

/** Monaco knows no Algol. */
monaco.languages.register({ id: "algol68", extensions: [".a68"], aliases: ["Algol 68"] });

monaco.languages.setLanguageConfiguration("algol68", {
  comments: { blockComment: ["#", "#"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
  ],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
  indentationRules: {
    increaseIndentPattern: /(?:\b(?:BEGIN|DO|THEN|ELSE|IN|OUT)|[([])\s*$/,
    decreaseIndentPattern: /^\s*(?:(?:END|OD|FI|ESAC|ELSE|ELIF|OUT|OUSE)\b|[)\]])/,
  },
});

monaco.languages.setMonarchTokensProvider("algol68", {
  keywords: KEYWORDS,
  modes: MODES,
  names: NAMES,
  tokenizer: {
    root: [
      [/#/, "comment", "@hash"],
      [/\bCOMMENT\b/, "comment", "@comment"],
      [/\bCO\b/, "comment", "@co"],
      [/\bPR(?:AGMAT)?\b/, "annotation", "@pragmat"],
      // Words in capitals that are not the language's are modes and operators of the program's own.
      [
        /[A-Z][A-Z0-9_]*/,
        { cases: { "@keywords": "keyword", "@modes": "type", "@default": "type.identifier" } },
      ],
      // Longer ones first, as one can begin another.
      [new RegExp(`(?:${PHRASES.toSorted((a, b) => b.length - a.length).join("|")})\\b`), "predefined"],
      [/[a-z][a-z0-9_]*/, { cases: { "@names": "predefined", "@default": "identifier" } }],
      [/\d+r[0-9a-f]+/, "number.hex"],
      [/(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?/, "number"],
      [/"/, "string", "@string"],
      [/\$/, "string", "@format"],
      [/[()[\]]/, "@brackets"],
      [/[-+*/%^!<>=~&|:@]+/, "operator"],
      [/[,;.]/, "delimiter"],
    ],
    hash: [
      [/[^#]+/, "comment"],
      [/#/, "comment", "@pop"],
    ],
    comment: [
      [/\bCOMMENT\b/, "comment", "@pop"],
      [/\w+|[^\w]/, "comment"],
    ],
    co: [
      [/\bCO\b/, "comment", "@pop"],
      [/\w+|[^\w]/, "comment"],
    ],
    pragmat: [
      [/\bPR(?:AGMAT)?\b/, "annotation", "@pop"],
      [/"[^"]*"/, "string"],
      [/\w+|[^\w"]/, "annotation"],
    ],
    string: [
      [/""/, "string.escape"],
      [/[^"]+/, "string"],
      [/"/, "string", "@pop"],
    ],
    format: [
      [/[^$]+/, "string"],
      [/\$/, "string", "@pop"],
    ],
  },
});
