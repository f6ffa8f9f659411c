import type { Vocabulary } from "../editor";
import { KEYWORDS, WORDS } from "./editor-words";

/** Only what letters make is worth completing. */
const LONG_ENOUGH = /^[\w?+-]{3,}$/;

export const VOCABULARY: Vocabulary = {
  keywords: KEYWORDS.filter((word) => LONG_ENOUGH.test(word)),
  library: WORDS.filter((word) => LONG_ENOUGH.test(word)),
  snippets: [
    { label: "word", detail: "a word", body: ": ${1:name} ( ${2:before -- after} )\n\t$0 ;" },
    { label: "if", detail: "a condition", body: "if\n\t$0\nthen" },
    { label: "do", detail: "count", body: "${1:10} 0 do\n\t$0\nloop" },
    { label: "begin", detail: "while something holds", body: "begin ${1:condition} while\n\t$0\nrepeat" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "create input-line 258 allot\n\n: lines ( -- )\n\tbegin input-line 256 stdin read-line throw while\n\t\tinput-line swap $0\n\trepeat drop ;",
    },
    { label: "variable", detail: "a variable", body: "variable ${1:name}$0" },
  ],
};
