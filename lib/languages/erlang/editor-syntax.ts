import * as monaco from "monaco-editor/editor";

/** Monaco knows no Erlang. */
monaco.languages.register({ id: "erlang" });

monaco.languages.setLanguageConfiguration("erlang", {
  comments: { lineComment: "%" },
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
  ],
  onEnterRules: [
    { beforeText: /(?:->|\bof|\bbegin)\s*$/, action: { indentAction: monaco.languages.IndentAction.Indent } },
  ],
});

monaco.languages.setMonarchTokensProvider("erlang", {
  keywords:
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive rem try when xor".split(
      " ",
    ),
  tokenizer: {
    root: [
      [/%.*$/, "comment"],
      [/^-\s*[a-z]\w*/, "annotation"],
      [/\?\??\w+/, "annotation"],
      [/[A-Z_][\w@]*/, "variable"],
      [/[a-z][\w@]*(?=\s*\()/, { cases: { "@keywords": "keyword", "@default": "type.identifier" } }],
      [/[a-z][\w@]*/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
      [/'(?:[^'\\]|\\.)*'/, "identifier"],
      [/"/, "string", "@string"],
      [/\$(?:\\.|\S)/, "string"],
      [/\d+#[\da-zA-Z_]+/, "number"],
      [/\d[\d_]*\.\d[\d_]*(?:[eE][-+]?\d+)?/, "number.float"],
      [/\d[\d_]*/, "number"],
      [/[()[\]{}]/, "@brackets"],
      [/[-+*/=<>!|:#]+/, "operator"],
      [/[,;.]/, "delimiter"],
    ],
    string: [
      [/[^\\"~]+/, "string"],
      [/\\./, "string.escape"],
      [/~[-\d.*]*[a-zA-Z~]+/, "string.escape"],
      [/~/, "string"],
      [/"/, "string", "@pop"],
    ],
  },
});
