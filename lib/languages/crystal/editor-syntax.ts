import * as monaco from "monaco-editor/editor";

monaco.languages.register({ id: "crystal", extensions: [".cr"], aliases: ["Crystal", "cr"] });

monaco.languages.setLanguageConfiguration("crystal", {
  comments: { lineComment: "#" },
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
  indentationRules: {
    increaseIndentPattern:
      /^\s*(?:(?:abstract\s+)?(?:def|class|struct|module|enum|lib|macro|if|unless|while|until|case|begin|else|elsif|when|in|rescue|ensure)\b(?!.*\bend\s*$)|.*\bdo(?:\s*\|[^|]*\|)?\s*$|.*[[({]\s*$)/,
    decreaseIndentPattern: /^\s*(?:end|else|elsif|when|in|rescue|ensure|[\])}])\b/,
  },
});

monaco.languages.setMonarchTokensProvider("crystal", {
  keywords:
    "abstract alias annotation as asm begin break case class def do else elsif end ensure enum extend false for fun if in include instance_sizeof is_a lib macro module next nil of out pointerof private protected require rescue responds_to return select self sizeof struct super then true type typeof uninitialized union unless until verbatim when while with yield".split(
      " ",
    ),
  tokenizer: {
    root: [
      [/#.*$/, "comment"],
      [/"/, "string", "@string"],
      [/'(?:[^\\']|\\(?:[abefnrtv\\'0]|x[\da-fA-F]{2}|u\{?[\da-fA-F]+\}?))'/, "string"],
      [/:[a-zA-Z_]\w*[?!]?(?!:)/, "string"],
      [/@@?[a-z_]\w*/, "variable"],
      [/@\[[^\]]*\]/, "annotation"],
      [/0x[\da-fA-F_]+|0b[01_]+|0o[0-7_]+/, "number.hex"],
      [/\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?(?:_?[iuf]\d+)?/, "number"],
      [/[A-Z]\w*/, "type"],
      [/[a-z_]\w*[?!]?/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
      [/[()[\]{},;]/, "delimiter"],
      [/[!%&*+./:<=>?^|~-]+/, "operator"],
    ],
    string: [
      [/#\{/, "delimiter", "@interpolated"],
      [/[^\\"#]+/, "string"],
      [/\\./, "string.escape"],
      [/"/, "string", "@pop"],
      [/./, "string"],
    ],
    interpolated: [[/\}/, "delimiter", "@pop"], { include: "root" }],
  },
});
