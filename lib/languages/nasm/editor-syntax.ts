import * as monaco from "monaco-editor/editor";

/** Monaco knows the assembly of other processors only. */
monaco.languages.register({ id: "nasm" });

monaco.languages.setLanguageConfiguration("nasm", {
  comments: { lineComment: ";" },
  brackets: [
    ["[", "]"],
    ["(", ")"],
  ],
  autoClosingPairs: [
    { open: "[", close: "]" },
    { open: "(", close: ")" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
  wordPattern: /[%.$]?[\w@.]+/,
});

monaco.languages.setMonarchTokensProvider("nasm", {
  ignoreCase: true,
  directives:
    "global extern section segment bits default org align alignb struc endstruc istruc iend at common db dw dd dq dt do resb resw resd resq rest equ times incbin rel abs byte word dword qword ptr near short".split(
      " ",
    ),
  tokenizer: {
    root: [
      [/;.*$/, "comment"],
      [/^\s*%\w+/, "annotation"],
      [/%%?[\w$]+|%\{[^}]*\}/, "annotation"],
      [/^[.\w$@?]+:/, "type.identifier"],
      [/\.[\w$@]+:?/, "type.identifier"],
      [
        /\b(?:[re]?(?:ax|bx|cx|dx|si|di|bp|sp)|[abcd][lh]|sil|dil|bpl|spl|r(?:[89]|1[0-5])[bdw]?|[xyz]mm\d+|[cdefgs]s|rip)\b/,
        "variable.predefined",
      ],
      [/0x[\da-f_]+|\$\d[\da-f_]*|\d[\da-f_]*h\b/, "number.hex"],
      [/0b[01_]+|[01_]+b\b/, "number.binary"],
      [/\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?/, "number"],
      [/[a-z_$@?][\w$@?.]*/, { cases: { "@directives": "keyword.directive", "@default": "identifier" } }],
      [/"[^"]*"|'[^']*'/, "string"],
      [/`(?:[^`\\]|\\.)*`/, "string"],
      [/[[\]()]/, "@brackets"],
      [/[-+*/|&^~<>=!$]+/, "operator"],
      [/[,:]/, "delimiter"],
    ],
  },
});
