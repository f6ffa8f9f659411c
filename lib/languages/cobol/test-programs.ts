import type { TestPrograms } from "../testing/test-programs";

const HEAD = "identification division.\nprogram-id. hello.\n";

export const programs: TestPrograms = {
  works: {
    "a program in a file beside it, a copied part, and text of any script": {
      code: `${HEAD}data division.
working-storage section.
copy "sides.cpy".
procedure division.
    call "half" using side-length
    display side-length
    display "Grüße, 世界"
    stop run.
`,
      files: [
        { path: "sides.cpy", content: "01 side-length pic 9 value 6.\n" },
        {
          path: "half.cob",
          content:
            "identification division.\nprogram-id. half.\ndata division.\nlinkage section.\n01 given pic 9.\nprocedure division using given.\n    divide 2 into given\n    goback.\n",
        },
      ],
      prints: "3\nGrüße, 世界\n",
    },
    "a program on cards": {
      code: '000100 IDENTIFICATION DIVISION.\n000200 PROGRAM-ID. HELLO.\n      * WORDS ON A CARD.\n000300 PROCEDURE DIVISION.\n000400     DISPLAY "FINE".\n000500     STOP RUN.\n',
      prints: "FINE\n",
    },
  },
  failures: {
    "a name that is not declared": {
      code: `${HEAD}procedure division.\n    display "fine"\n    display MISSING\n    stop run.\n`,
      status: "compile_error",
      marked: { line: 5, column: null, severity: "error", message: "'MISSING' is not defined" },
    },
    "a program that is not there": {
      code: `${HEAD}procedure division.\n    display "so far"\n    call "nothing"\n    stop run.\n`,
      status: "error",
      marked: { line: 5, column: null, severity: "error", message: "module 'nothing' not found" },
    },
  },
  halfLines: {
    "display with no advancing": `${HEAD}procedure division.\n    display "loading" with no advancing\n    perform forever\n        continue\n    end-perform.\n`,
    "display with no advancing, then sleep": `${HEAD}procedure division.\n    display "loading" with no advancing\n    call "C$SLEEP" using 600\n    stop run.\n`,
  },
  memoryHog: `${HEAD}data division.\nworking-storage section.\n01 held-area pic x(1048576) based.\nprocedure division.\n    perform forever\n        allocate held-area\n        move all "x" to held-area\n    end-perform.\n`,
  manyLines: `${HEAD}procedure division.\n    perform 65536 times\n        display "0123456789abcde"\n    end-perform\n    stop run.\n`,
};
