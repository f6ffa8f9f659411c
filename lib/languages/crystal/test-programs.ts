import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "files beside it and below, and text of any language": {
      code: 'require "./half"\nrequire "./shapes/square"\n\nputs "#{half(6)} #{area(3)} größer 世界 #{"世界".size}"\n',
      files: [
        { path: "half.cr", content: "def half(number)\n  number // 2\nend\n" },
        { path: "shapes/square.cr", content: "def area(side)\n  side * side\nend\n" },
      ],
      prints: "3 9 größer 世界 2\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: 'puts "fine"\nputs missing\n',
      status: "compile_error",
      marked: {
        line: 2,
        column: 6,
        severity: "error",
        message: "undefined local variable or method 'missing' for top-level",
      },
    },
    "an exception": {
      code: 'def half(number)\n  raise "none" if number == 0\n  number // 2\nend\n\nputs half(0)\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "none (Exception)" },
    },
  },
  // Where nobody sees it at once, Crystal holds output back until it is told not to.
  halfLines: {
    "print, then flush": 'print "loading"\nSTDOUT.flush\nloop { }\n',
    "print without a buffer": 'STDOUT.sync = true\nprint "loading"\nsleep 600.seconds\n',
  },
  memoryHog: "kept = [] of Bytes\nloop { kept << Bytes.new(1_048_576, 1_u8) }\n",
  manyLines: 'print "0123456789abcde\\n" * 65_536\n',
};
