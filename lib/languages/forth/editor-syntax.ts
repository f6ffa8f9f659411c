import * as monaco from "monaco-editor/editor";
import { KEYWORDS, WORDS } from "./editor-words";

monaco.languages.register({ id: "forth", extensions: [".fs", ".fth"], aliases: ["Forth"] });

monaco.languages.setLanguageConfiguration("forth", {
  comments: { lineComment: "\\", blockComment: ["( ", " )"] },
  // Whatever stands between two spaces is a word.
  wordPattern: /\S+/,
});

monaco.languages.setMonarchTokensProvider("forth", {
  ignoreCase: true,
  keywords: KEYWORDS,
  words: WORDS,
  tokenizer: {
    root: [
      [/\\(?:\s.*)?$/, "comment"],
      [/\((?=\s)/, "comment", "@comment"],
      [/(:)(\s+)(\S+)/, ["keyword", "white", "type"]],
      [/(variable|constant|create|value|defer|fvariable|fconstant)(\s+)(\S+)/, ["keyword", "white", "type"]],
      [/(\.\(\s)([^)]*\))/, ["keyword", "string"]],
      [/(?:\.|s|c|abort|s\\)"\s/, "string", "@string"],
      [/(?:\[char\]|char)\s+\S+/, "string"],
      [/'\S'(?=\s|$)/, "string"],
      [/[-+]?(?:\$[0-9a-f]+|%[01]+|#?\d+)\.?(?=\s|$)|[-+]?\d+\.?\d*e[-+]?\d*(?=\s|$)/, "number"],
      [/\S+/, { cases: { "@keywords": "keyword", "@words": "predefined", "@default": "identifier" } }],
    ],
    comment: [
      [/[^)]+/, "comment"],
      [/\)/, "comment", "@pop"],
    ],
    string: [
      [/[^"]+/, "string"],
      [/"/, "string", "@pop"],
    ],
  },
});
