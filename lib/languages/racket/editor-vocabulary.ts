import type { Vocabulary } from "../editor";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: KEYWORDS,
  library: FUNCTIONS,
  snippets: [
    { label: "lang", detail: "the start of a program", body: "#lang racket/base\n\n$0" },
    { label: "define", detail: "a function", body: "(define (${1:name} ${2:arguments})\n\t$0)" },
    { label: "let", detail: "local variables", body: "(let ([${1:name} ${2:value}])\n\t$0)" },
    { label: "for", detail: "go through a sequence", body: "(for ([${1:item} ${2:items}])\n\t$0)" },
    { label: "lines", detail: "read the input line by line", body: "(for ([${1:line} (in-lines)])\n\t$0)" },
    {
      label: "cond",
      detail: "conditions",
      body: "(cond\n\t[${1:condition} ${2:value}]\n\t[else ${3:other}])$0",
    },
    { label: "struct", detail: "a structure", body: "(struct ${1:point} (${2:x y}) #:transparent)$0" },
    {
      label: "match",
      detail: "choose by a pattern",
      body: "(match ${1:value}\n\t[(list ${2:a b}) $0]\n\t[_ #f])",
    },
  ],
};
