import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "files beside it": {
      code: 'require_relative "lib/half"\n\nputs half(6)\n',
      files: [{ path: "lib/half.rb", content: "def half(number) = number / 2\n" }],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: 'word = "Grüße, 世界"\nputs word.length, word.bytesize, word.reverse, word.upcase\n',
      prints: "9\n15\n界世 ,eßürG\nGRÜSSE, 世界\n",
    },
    "its library": {
      code: 'require "json"\nrequire "set"\n\nputs JSON.generate({ "primes" => [2, 3, 5] })\nputs Set[1, 2].subset?(Set[1, 2, 3])\n',
      prints: '{"primes":[2,3,5]}\ntrue\n',
    },
  },
  failures: {
    "an exception": {
      code: 'def half(number)\n  raise "none" if number.zero?\nend\n\nputs "fine"\nhalf(0)\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "none (RuntimeError)" },
    },
    "a syntax error": {
      code: 'puts "fine"\nx = )\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "syntax error, unexpected ')'" },
    },
  },
  halfLines: {
    print: 'print "loading"\nloop {}\n',
    "print, then sleep": 'print "loading"\nsleep\n',
  },
  memoryHog: 'kept = []\nloop { kept << "x" * 1_048_576 }\n',
  manyLines: 'print "0123456789abcde\\n" * 65_536\n',
};
