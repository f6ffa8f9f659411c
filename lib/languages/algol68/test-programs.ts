import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "files beside it and below, and text of any script": {
      code: 'PR read "half.a68" PR\nPR read "lib/shapes.a68" PR\nprint((whole(half(6), 0), " ", whole(square(3), 0), new line));\nprint(("Grüße, 世界", new line))\n',
      files: [
        { path: "half.a68", content: "PROC half = (INT n) INT: n % 2;\n" },
        { path: "lib/shapes.a68", content: "PROC square = (INT n) INT: n * n;\n" },
      ],
      prints: "3 9\nGrüße, 世界\n",
    },
    "a file that it writes and reads, and numbers by chance": {
      code: 'FILE out, back;\nVOID(establish(out, "out.txt", stand out channel));\nput(out, ("hi", new line));\nclose(out);\nVOID(open(back, "out.txt", stand in channel));\nSTRING line;\nget(back, (line, new line));\nprint((line, random < 1, new line))\n',
      prints: "hiT\n",
    },
  },
  failures: {
    "a name that is not declared": {
      code: 'print(("fine", new line));\nINT x = missing;\nprint(x)\n',
      status: "compile_error",
      marked: {
        line: 2,
        column: 9,
        severity: "error",
        message: 'tag "missing" has not been declared properly, in particular-program.',
      },
    },
    "a bracket too many": {
      code: 'print(("fine", new line));\nINT x = );\n',
      status: "compile_error",
      marked: {
        // Genie names the outermost line.
        line: 1,
        column: 1,
        severity: "error",
        message:
          'encountered close-symbol in line 2 but expected end-symbol, check for ")" without matching "(".',
      },
    },
    "a division by zero in a file beside it": {
      code: 'PR read "half.a68" PR\nprint("so far");\nprint(half(0))\n',
      files: [{ path: "half.a68", content: "PROC half = (INT n) INT:\n  10 % n;\n" }],
      status: "error",
      marked: {
        file: "half.a68",
        line: 2,
        column: 6,
        severity: "error",
        message: "attempt at INT division by zero, numerical argument out of domain, in particular-program.",
      },
    },
    "a variable without a value, behind text that is not ASCII": {
      code: 'INT i;\nprint(("ü", i))\n',
      status: "error",
      marked: {
        line: 2,
        column: null,
        severity: "error",
        message:
          'attempt to use an uninitialised INT value, in [] "SIMPLOUT" collateral-clause starting at "(" in this line.',
      },
    },
    "input that has ended": {
      code: 'print(("fine", new line));\nINT n;\nread(n)\n',
      status: "error",
      marked: {
        line: 3,
        column: 1,
        severity: "error",
        message: "end of file reached, in particular-program.",
      },
    },
  },
  halfLines: {
    print: 'print("loading"); DO SKIP OD\n',
    put: 'put(stand out, "loading"); DO SKIP OD\n',
    "with a format": 'printf(($g$, "loading")); DO SKIP OD\n',
  },
  memoryHog:
    "MODE BLOCK = STRUCT(REF BLOCK next, [100000] INT body);\nREF BLOCK kept := NIL;\nDO\n  HEAP BLOCK block;\n  FOR i TO 100000 DO (body OF block)[i] := i OD;\n  next OF block := kept;\n  kept := block\nOD\n",
  manyLines: 'TO 65536 DO print(("0123456789abcde", new line)) OD\n',
};
