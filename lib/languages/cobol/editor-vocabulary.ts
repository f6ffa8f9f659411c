import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "accept add advancing after all by call close compute copy delimited depending display divide division else end-evaluate end-if end-perform end-read end-string end-unstring evaluate exit file from function giving goback identification if initialize inspect into linkage local-storage move multiply negative not numeric occurs of open other perform picture pointer positive procedure program-id read redefines remainder replacing returning rounded search section select set size spaces stop string subtract tallying thru times until unstring using value varying when with working-storage write zeros".split(
      " ",
    ),
  library:
    "abs annuity byte-length char concatenate cos current-date date-of-integer exp factorial fraction-part integer integer-of-date integer-part length log lower-case max mean median min mod numval numval-c ord pi random range rem reverse sin sqrt standard-deviation sum tan trim upper-case variance when-compiled".split(
      " ",
    ),
  snippets: [
    {
      label: "program",
      detail: "a program",
      body: "identification division.\nprogram-id. hello.\ndata division.\nworking-storage section.\n01 ${1:name} pic ${2:x(20)}.\nprocedure division.\n\t$0\n\tstop run.\n",
    },
    { label: "if", detail: "a condition", body: "if ${1:condition}\n\t$0\nend-if" },
    {
      label: "varying",
      detail: "a loop that counts",
      body: "perform varying ${1:i} from ${2:1} by 1 until ${1:i} > ${3:n}\n\t$0\nend-perform",
    },
    {
      label: "evaluate",
      detail: "choose by a value",
      body: "evaluate ${1:subject}\n\twhen ${2:value} $0\n\twhen other continue\nend-evaluate",
    },
    {
      label: "table",
      detail: "a table",
      body: "01 ${1:table}.\n\t05 ${2:entry} pic ${3:9(4)} occurs ${4:10} times.",
    },
  ],
};
