import type { Vocabulary } from "../editor";
import { DIRECTIVES, PREDICATES } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: DIRECTIVES,
  library: PREDICATES,
  snippets: [
    { label: "main", detail: "a main predicate", body: ":- initialization(main).\n\nmain :-\n\t$0." },
    { label: "use", detail: "use a library", body: ":- use_module(library(${1:lists})).$0" },
    { label: "rule", detail: "a rule", body: "${1:head}(${2:X}) :-\n\t$0." },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "lines :-\n\tread_line_to_string(user_input, Line),\n\t(   Line == end_of_file\n\t->  true\n\t;   $0,\n\t    lines\n\t).",
    },
    { label: "if", detail: "a condition", body: "(   ${1:Condition}\n->  ${2:Then}\n;   ${3:Else}\n)$0" },
    { label: "findall", detail: "all solutions", body: "findall(${1:X}, ${2:goal(X)}, ${3:Xs})$0" },
  ],
};
