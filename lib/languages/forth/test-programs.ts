import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a file beside it": {
      code: "require ./half.fs\n\n6 half 0 .r cr\n",
      files: [{ path: "half.fs", content: ": half ( n -- n ) 2/ ;\n" }],
      prints: "3\n",
    },
    "text beyond ASCII": { code: '." Grüße, 世界" cr\n', prints: "Grüße, 世界\n" },
    "numbers with a point": { code: "2e fsqrt 10e f* f>s 0 .r cr\n", prints: "14\n" },
  },
  failures: {
    "a word that is not known": {
      code: '." fine" cr\n\nmissing\n',
      status: "error",
      marked: { line: 3, column: null, severity: "error", message: "Undefined word: missing" },
    },
    "an error": {
      code: ': half ( n -- n )  dup 0= abort" none"  2/ ;\n\n." fine" cr\n0 half\n',
      status: "error",
      marked: { line: 4, column: null, severity: "error", message: "none: half" },
    },
  },
  halfLines: {
    "type, flushed": '." loading" stdout flush-file drop\n: forever begin again ;\nforever\n',
  },
  memoryHog: ": hog ( -- )\n  begin\n    1048576 allocate throw 1048576 1 fill\n  again ;\n\nhog\n",
  manyLines: ': lines ( n -- )\n  0 do ." 0123456789abcde" cr loop ;\n\n65536 lines\n',
};
