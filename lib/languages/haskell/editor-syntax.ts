import * as monaco from "monaco-editor/editor";

monaco.languages.register({ id: "haskell", extensions: [".hs"], aliases: ["Haskell", "hs"] });

monaco.languages.setLanguageConfiguration("haskell", {
  comments: { lineComment: "--", blockComment: ["{-", "-}"] },
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
    {
      beforeText: /(?:\b(?:do|of|where|let|then|else)|[=({[])\s*$/,
      action: { indentAction: monaco.languages.IndentAction.Indent },
    },
  ],
});

monaco.languages.setMonarchTokensProvider("haskell", {
  keywords:
    "case class data default deriving do else family forall foreign if import in infix infixl infixr instance let mdo module newtype of pattern qualified then type where".split(
      " ",
    ),
  tokenizer: {
    root: [
      [/\{-#.*?#-\}/, "annotation"],
      [/\{-/, "comment", "@comment"],
      [/--+(?![!#$%&*+./<=>?@\\^|~:]).*$/, "comment"],
      [/"/, "string", "@string"],
      [/'(?:[^\\']|\\(?:.|[A-Z]+|\d+|x[\da-fA-F]+))'/, "string"],
      [/0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+/, "number.hex"],
      [/\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?/, "number"],
      [/[A-Z][\w']*/, "type"],
      [/[a-z_][\w']*/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
      [/[()[\]{},;`]/, "delimiter"],
      [/[!#$%&*+./<=>?@\\^|~:-]+/, "operator"],
    ],
    comment: [
      [/\{-/, "comment", "@push"],
      [/-\}/, "comment", "@pop"],
      [/[^{-]+|./, "comment"],
    ],
    string: [
      [/[^\\"]+/, "string"],
      [/\\(?:[abfnrtv\\"'&]|\d+|x[\da-fA-F]+|[A-Z]+|\^.)/, "string.escape"],
      [/"|$/, "string", "@pop"],
      [/\\/, "string"],
    ],
  },
});
