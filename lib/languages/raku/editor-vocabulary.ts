import type { Vocabulary } from "../editor";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: KEYWORDS,
  library: FUNCTIONS,
  snippets: [
    { label: "sub", detail: "a function", body: "sub ${1:name}(${2:\\$value}) {\n\t$0\n}" },
    { label: "for", detail: "go through a list", body: "for ${1:@items} -> ${2:\\$item} {\n\t$0\n}" },
    { label: "lines", detail: "read the input line by line", body: "for lines() -> ${1:\\$line} {\n\t$0\n}" },
    { label: "class", detail: "a class", body: "class ${1:Name} {\n\thas ${2:\\$.value};\n\t$0\n}" },
    {
      label: "grammar",
      detail: "a grammar",
      body: "grammar ${1:Name} {\n\ttoken TOP { <${2:part}>+ }\n\ttoken ${2:part} { $0 }\n}",
    },
    {
      label: "multi",
      detail: "a function in several forms",
      body: "multi sub ${1:name}(${2:0}) { ${3:1} }\nmulti sub ${1:name}(\\$n) { $0 }",
    },
  ],
};
