import type { Vocabulary } from "../editor";
import { FUNCTIONS, KEYWORDS, VARIABLES } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: KEYWORDS,
  library: [...FUNCTIONS, ...VARIABLES],
  snippets: [
    { label: "begin", detail: "before the input", body: "BEGIN {\n\t$0\n}" },
    { label: "end", detail: "after the input", body: "END {\n\t$0\n}" },
    { label: "match", detail: "lines that match", body: "/${1:pattern}/ {\n\t$0\n}" },
    { label: "forin", detail: "go through an array", body: "for (${1:key} in ${2:array}) {\n\t$0\n}" },
    {
      label: "fields",
      detail: "go through the fields of a line",
      body: "for (i = 1; i <= NF; i++) {\n\t$0\n}",
    },
    { label: "fn", detail: "a function", body: "function ${1:name}(${2:arguments}) {\n\t$0\n}" },
    {
      label: "sorted",
      detail: "go through arrays by their keys",
      body: 'PROCINFO["sorted_in"] = "@ind_str_asc"$0',
    },
  ],
};
