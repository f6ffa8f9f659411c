import type { Vocabulary } from "../editor";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: KEYWORDS,
  library: FUNCTIONS,
  snippets: [
    {
      label: "function",
      detail: "a function",
      body: "function ${1:result} = ${2:name}(${3:arguments})\n\t$0\nend",
    },
    { label: "for", detail: "go through a vector", body: "for ${1:i} = ${2:1:10}\n\t$0\nend" },
    { label: "if", detail: "a condition", body: "if ${1:condition}\n\t$0\nend" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "while ischar(${1:line} = fgetl(stdin))\n\t$0\nend",
    },
    { label: "anon", detail: "a small function", body: "${1:f} = @(${2:x}) $0;" },
    {
      label: "try",
      detail: "handle an error",
      body: "try\n\t$0\ncatch problem\n\tdisp(problem.message);\nend",
    },
  ],
};
