import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "and array as begin case class const constructor destructor div do downto else end except exit file finally for function if implementation in inherited initialization interface is mod nil not object of on or packed procedure program property raise record repeat set shl shr then to try type unit until uses var while with xor private protected public override virtual".split(
      " ",
    ),
  library:
    "abs append arctan assign boolean break byte char chr close concat continue copy cos dec delete double eof eoln exp false flush getmem halt high inc insert int int64 integer length ln longint low lowercase max min new odd ord pi pos pred qword random randomize read readln real rewrite round setlength sin sqr sqrt str string succ true trunc upcase uppercase val word write writeln ansistring classes crt dateutils fgl format inttostr math strtoint strutils sysutils tobject tstringlist trim".split(
      " ",
    ),
  snippets: [
    { label: "program", detail: "a program", body: "program ${1:main};\n\nbegin\n\t$0\nend.\n" },
    {
      label: "for",
      detail: "a loop that counts",
      body: "for ${1:i} := ${2:1} to ${3:n} do\nbegin\n\t$0\nend;",
    },
    { label: "if", detail: "a condition", body: "if ${1:condition} then\nbegin\n\t$0\nend;" },
    {
      label: "function",
      detail: "a function",
      body: "function ${1:name}(${2:x}: ${3:integer}): ${4:integer};\nbegin\n\t${1:name} := $0;\nend;\n",
    },
    {
      label: "record",
      detail: "a record",
      body: "type\n\t${1:TName} = record\n\t\t${2:field}: ${3:integer};\n\tend;\n",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "while not eof do\nbegin\n\treadln(${1:line});\n\t$0\nend;",
    },
  ],
};
