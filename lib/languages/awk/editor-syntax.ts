import * as monaco from "monaco-editor/editor";
import { FUNCTIONS, KEYWORDS, VARIABLES } from "./editor-words";

monaco.languages.register({ id: "awk", extensions: [".awk"], aliases: ["AWK"] });

monaco.languages.setLanguageConfiguration("awk", {
  comments: { lineComment: "#" },
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

monaco.languages.setMonarchTokensProvider("awk", {
  keywords: KEYWORDS,
  functions: FUNCTIONS,
  variables: VARIABLES,
  tokenizer: {
    root: [
      [/^(@)(include|load|namespace)\b/, ["keyword", "keyword"]],
      [
        /[A-Za-z_]\w*/,
        {
          cases: {
            "@keywords": "keyword",
            "@functions": "predefined",
            "@variables": "variable.predefined",
            "@default": "identifier",
          },
        },
      ],
      [/\$+(?:\d+|[A-Za-z_]\w*)?/, "variable"],
      [/#.*$/, "comment"],
      [/0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?/, "number"],
      [/"/, "string", "@string"],
      // A slash with a space behind it divides; any other begins a pattern, if one ends on the line.
      [/\/(?=[^\s/](?:[^/\\]|\\.)*\/)/, "regexp", "@pattern"],
      [/[{}()[\]]/, "@brackets"],
      [/[-+*/%^!<>=~&|?:,;]+/, "operator"],
    ],
    string: [
      [/[^"\\]+/, "string"],
      [/\\./, "string.escape"],
      [/"/, "string", "@pop"],
    ],
    pattern: [
      [/\[\^?\]?(?:[^\]\\/]|\\.)*\]/, "regexp"],
      [/[^/\\[]+/, "regexp"],
      [/\\./, "regexp.escape"],
      [/\[/, "regexp"],
      [/\//, "regexp", "@pop"],
    ],
  },
});
