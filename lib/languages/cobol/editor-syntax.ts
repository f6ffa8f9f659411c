import * as monaco from "monaco-editor/editor";

/** Monaco knows no COBOL. */
monaco.languages.register({ id: "cobol" });

monaco.languages.setLanguageConfiguration("cobol", {
  comments: { lineComment: "*>" },
  brackets: [["(", ")"]],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: '"', close: '"', notIn: ["string", "comment"] },
    { open: "'", close: "'", notIn: ["string", "comment"] },
  ],
  // Names have hyphens in them.
  wordPattern: /[\p{L}\d][\p{L}\d_-]*/u,
});

monaco.languages.setMonarchTokensProvider("cobol", {
  ignoreCase: true,
  divisions:
    "identification environment data procedure division section configuration input-output file-control working-storage local-storage linkage program-id author repository special-names".split(
      " ",
    ),
  keywords:
    "accept add advancing after all alphabetic also and any are ascending at before binary by call cancel close compute content continue converting copy corresponding count cycle declare delete delimited delimiter depending descending display divide else end end-add end-call end-compute end-display end-divide end-evaluate end-if end-multiply end-perform end-read end-search end-string end-subtract end-unstring end-write evaluate exit false fd file filler forever from function giving go goback greater if in indexed initial initialize input inspect into is key leading less line merge move multiply negative next no not numeric occurs of on open or organization other output overflow packed-decimal paragraph perform pic picture pointer positive program read redefines reference remainder replacing return returning rewrite rounded run search select sentence sequential set size sort stop string subtract sync tallying test than then through thru time times to true until unstring up upon usage using value values varying when with write comp comp-3 comp-5".split(
      " ",
    ),
  constants:
    "zero zeros zeroes space spaces quote quotes low-value low-values high-value high-values null".split(" "),
  tokenizer: {
    root: [
      [/\*>.*$/, "comment"],
      [/^[\d ]{6}[*/].*$/, "comment"],
      [/(pic(?:ture)?)(\s+)(?:(is)(\s+))?([^\s]+)/, ["keyword", "white", "keyword", "white", "type"]],
      [
        /[a-z][\w-]*/,
        {
          cases: {
            "@divisions": "keyword.control",
            "@keywords": "keyword",
            "@constants": "constant",
            "@default": "identifier",
          },
        },
      ],
      [/\d[\d-]*[a-z][\w-]*/, "identifier"],
      [/[-+]?\d+(?:\.\d+)?/, "number"],
      [/[xn]?"[^"]*"?|[xn]?'[^']*'?/, "string"],
      [/[()]/, "@brackets"],
      [/[-+*/=<>:]+/, "operator"],
      [/[,;.]/, "delimiter"],
    ],
  },
});
