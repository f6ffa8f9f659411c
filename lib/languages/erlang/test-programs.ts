import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules beside it and below, and text of any script": {
      code: `-module(main).
-export([main/1]).
-include("sides.hrl").

main(Args) ->
    io:format("~b ~p ~p~n", [half:of_number(?SIDE), Args, erlang:system_info(schedulers_online)]),
    io:format("~ts~n", [string:uppercase("grüße, 世界")]).
`,
      files: [
        {
          path: "lib/half.erl",
          content: "-module(half).\n-export([of_number/1]).\n\nof_number(Number) -> Number div 2.\n",
        },
        { path: "sides.hrl", content: "-define(SIDE, 6).\n" },
      ],
      prints: "3 [] 1\nGRÜSSE, 世界\n",
    },
  },
  failures: {
    "a variable without a value": {
      code: '-module(main).\n-export([main/1]).\n\nmain(_Args) ->\n    io:format("~p~n", [Missing]).\n',
      status: "compile_error",
      marked: { line: 5, column: 24, severity: "error", message: "variable 'Missing' is unbound" },
    },
    "an exception": {
      code: '-module(main).\n-export([main/1]).\n\nmain(_Args) ->\n    io:format("so far~n"),\n    half(0),\n    io:format("never~n").\n\nhalf(0) -> error(none);\nhalf(Number) -> Number div 2.\n',
      status: "error",
      marked: { line: 9, column: null, severity: "error", message: "exception error: none" },
    },
  },
  halfLines: {
    "io:format, then sleep":
      '-module(main).\n-export([main/1]).\n\nmain(_Args) ->\n    io:format("loading"),\n    timer:sleep(infinity).\n',
    "io:format":
      '-module(main).\n-export([main/1]).\n\nmain(Args) ->\n    io:format("loading"),\n    again(Args).\n\nagain(Args) -> again(Args).\n',
  },
  memoryHog:
    '-module(main).\n-export([main/1, keep/1]).\n\nmain(_Args) -> keep([]).\n\nkeep(Kept) -> keep([binary:copy(<<"x">>, 1048576) | Kept]).\n',
  manyLines:
    '-module(main).\n-export([main/1]).\n\nmain(_Args) -> io:put_chars(binary:copy(<<"0123456789abcde\\n">>, 65536)).\n',
};
