import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "if then elif else fi for while until do done case esac in function select time return break continue local declare export readonly unset shift exit".split(
      " ",
    ),
  library:
    "alias awk basename bc bg cat cd chmod command comm cp cut date dirname echo env eval exec expand expr false fg find fold getopts grep hash head join kill let ln ls mapfile md5sum mkdir mktemp mv nl paste printf pwd read readarray realpath rev rm rmdir sed seq set sha256sum shopt shuf sleep sort source split stat tac tail tee test touch tr trap true truncate type typeset umask uniq wait wc xargs yes pipefail errexit nounset BASH_REMATCH BASH_SOURCE FUNCNAME HOME IFS LINENO OUTPUT_DIR PATH PIPESTATUS PWD RANDOM REPLY SECONDS".split(
      " ",
    ),
  snippets: [
    { label: "strict", detail: "end at the first mistake", body: "set -euo pipefail\n" },
    { label: "ifelse", detail: "a condition", body: "if [[ ${1:condition} ]]; then\n\t$0\nfi" },
    { label: "forin", detail: "go through words", body: 'for ${1:item} in ${2:"\\$@"}; do\n\t$0\ndone' },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "while IFS= read -r line; do\n\t$0\ndone",
    },
    { label: "fn", detail: "a function", body: "${1:name}() {\n\t$0\n}" },
    {
      label: "case",
      detail: "choose by a pattern",
      body: "case ${1:word} in\n\t${2:pattern}) $0 ;;\n\t*) ;;\nesac",
    },
  ],
};
