import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a module in a file beside it, and text of any script": {
      code: 'Code.require_file("lib/half.ex", __DIR__)\n\nIO.puts(Half.of(6))\nIO.puts(String.upcase("grüße, 世界"))\n',
      files: [
        { path: "lib/half.ex", content: "defmodule Half do\n  def of(number), do: div(number, 2)\nend\n" },
      ],
      prints: "3\nGRÜSSE, 世界\n",
    },
    "processes that send messages, and arguments": {
      code: `parent = self()
for n <- 1..100, do: spawn(fn -> send(parent, n) end)
total = Enum.reduce(1..100, 0, fn _, sum -> receive do n -> sum + n end end)
IO.inspect({total, System.argv(), System.schedulers_online()})
`,
      prints: "{5050, [], 1}\n",
    },
  },
  failures: {
    "an exception": {
      code: 'defmodule Half do\n  def of(0), do: raise(ArgumentError, "none")\n  def of(number), do: div(number, 2)\nend\n\nIO.puts("so far")\nIO.puts(Half.of(0))\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "(ArgumentError) none" },
    },
    "a variable that does not exist": {
      code: 'IO.puts("fine")\nIO.puts(missing)\n',
      status: "error",
      marked: { line: 2, column: 9, severity: "error", message: 'undefined variable "missing"' },
    },
  },
  halfLines: {
    "IO.write, then sleep": 'IO.write("loading")\nProcess.sleep(:infinity)\n',
    "IO.write": 'IO.write("loading")\nStream.cycle([0]) |> Stream.run()\n',
  },
  memoryHog:
    'defmodule Hog do\n  def keep(kept), do: keep([:binary.copy("x", 1_048_576) | kept])\nend\n\nHog.keep([])\n',
  manyLines: 'IO.write(String.duplicate("0123456789abcde\\n", 65_536))\n',
};
