import * as monaco from "monaco-editor/editor";

/** Monaco knows no Fortran. */
monaco.languages.register({ id: "fortran" });

const BLOCKS =
  "associate block do enum forall function if interface module procedure program select subroutine type where";

monaco.languages.setLanguageConfiguration("fortran", {
  comments: { lineComment: "!" },
  brackets: [
    ["(", ")"],
    ["[", "]"],
  ],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
    { open: "'", close: "'", notIn: ["string", "comment"] },
  ],
  indentationRules: {
    increaseIndentPattern:
      /^\s*(?:(?:\w+\s*:\s*)?do\b|if\s*\(.*\)\s*then\b|else\b|(?:recursive |pure |elemental )*(?:subroutine|function)\b|program\b|module\s+(?!procedure)\w+\s*$|contains\b|select\b|case\b|type\s*(?:,.*)?::|where\b.*\)\s*$)/i,
    decreaseIndentPattern:
      /^\s*(?:end\s*(?:do|if|program|module|subroutine|function|select|type|where)?\b|else\b|case\b|contains\b)/i,
  },
});

monaco.languages.setMonarchTokensProvider("fortran", {
  ignoreCase: true,
  keywords: [
    ...BLOCKS.split(" "),
    ...BLOCKS.split(" ").map((word) => `end${word}`),
    ..."abstract allocatable allocate assign backspace bind call case class close codimension common contains contiguous continue critical cycle data deallocate default deferred dimension elemental else elseif elsewhere end entry equivalence exit extends external file final flush format generic goto implicit import impure include inquire intent intrinsic inout in is kind len namelist none nullify only open operator optional out parameter pass pointer print private protected public pure rank read recursive result return rewind save sequence stop submodule target then to use value volatile wait while write".split(
      " ",
    ),
  ],
  types: "character complex integer logical real double precision".split(" "),
  tokenizer: {
    root: [
      [/!.*$/, "comment"],
      [/^\s*#.*$/, "annotation"],
      [/[a-z]\w*/, { cases: { "@keywords": "keyword", "@types": "type", "@default": "identifier" } }],
      [/\.(?:true|false)\./, "constant"],
      [/\.[a-z]+\./, "operator"],
      [/(?:\d+\.?\d*|\.\d+)(?:[ed][-+]?\d+)?(?:_\w+)?/, "number"],
      [/"/, "string", "@double"],
      [/'/, "string", "@single"],
      [/[()[\]]/, "@brackets"],
      [/[-+*/=<>%&:]+/, "operator"],
      [/[,;]/, "delimiter"],
    ],
    double: [
      [/[^"]+/, "string"],
      [/"/, "string", "@pop"],
    ],
    single: [
      [/[^']+/, "string"],
      [/'/, "string", "@pop"],
    ],
  },
});
