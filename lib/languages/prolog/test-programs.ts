import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a module beside it": {
      code: ":- use_module(half).\n:- initialization(main).\n\nmain :- half(6, Half), writeln(Half).\n",
      files: [
        {
          path: "half.pl",
          content: ":- module(half, [half/2]).\n\nhalf(Number, Half) :- Half is Number // 2.\n",
        },
      ],
      prints: "3\n",
    },
    "a main predicate that ends the program itself": {
      code: ":- initialization(main, main).\n\nmain :- writeln(done).\n",
      prints: "done\n",
    },
    "characters are not bytes": {
      code: ':- initialization(main).\n\nmain :-\n    Word = "Grüße, 世界",\n    string_length(Word, Length),\n    string_upper(Word, Upper),\n    format("~w ~w~n", [Length, Upper]).\n',
      prints: "9 GRÜßE, 世界\n",
    },
    "constraints over numbers": {
      code: ':- use_module(library(clpfd)).\n:- initialization(main).\n\nmain :-\n    X #> 3, X #< 6, X * X #= Y, Y #> 20,\n    label([X]),\n    format("~w ~w~n", [X, Y]).\n',
      prints: "5 25\n",
    },
  },
  failures: {
    "a syntax error": {
      code: "likes(ada, tea).\nx :- ).\n",
      status: "error",
      marked: { line: 2, column: 6, severity: "error", message: "Syntax error: Illegal start of term" },
    },
    "a directive that cannot be done": {
      code: ":- writeln(fine).\n:- X is 1 / 0, writeln(X).\n",
      status: "error",
      marked: {
        line: 2,
        column: null,
        severity: "error",
        message: "//2: Arithmetic: evaluation error: `zero_divisor'",
      },
    },
  },
  halfLines: {
    "write, flushed": ":- initialization(main).\n\nmain :- write(loading), flush_output, repeat, fail.\n",
  },
  // The stacks have an end of their own; atoms lie outside of them.
  memoryHog:
    ':- initialization(main).\n\nmain :- hog(0).\n\nhog(N) :-\n    format(atom(Kept), "~*c~w", [1000000, 0\'x, N]),\n    assertz(kept(Kept)),\n    Next is N + 1,\n    hog(Next).\n',
  manyLines:
    ":- initialization(main).\n\nmain :- forall(between(1, 65536, _), writeln('0123456789abcde')).\n",
};
