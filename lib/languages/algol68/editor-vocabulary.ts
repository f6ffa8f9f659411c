import type { Vocabulary } from "../editor";
import { KEYWORDS, MODES, NAMES, PHRASES } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: [...KEYWORDS, ...MODES],
  library: [...NAMES, ...PHRASES],
  snippets: [
    { label: "print", detail: "print a line", body: "print((${1:text}, new line))" },
    { label: "if", detail: "a condition", body: "IF ${1:condition} THEN\n\t$0\nFI" },
    { label: "for", detail: "a loop that counts", body: "FOR ${1:i} TO ${2:n} DO\n\t$0\nOD" },
    { label: "proc", detail: "a procedure", body: "PROC ${1:name} = (${2:INT n}) ${3:INT}: (\n\t$0\n);" },
    { label: "struct", detail: "a mode with fields", body: "MODE ${1:NAME} = STRUCT(${2:INT field});\n$0" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "WHILE NOT end of file(stand in) DO\n\tSTRING ${1:line};\n\tread(${1:line});\n\tIF NOT end of file(stand in) THEN read(new line) FI;\n\t$0\nOD",
    },
    { label: "read", detail: "another file of the program", body: 'PR read "${1:half.a68}" PR\n$0' },
  ],
};
