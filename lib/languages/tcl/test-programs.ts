import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a file beside it": {
      code: "source [file join [file dirname [info script]] half.tcl]\n\nputs [half 6]\n",
      files: [{ path: "half.tcl", content: "proc half {n} {expr {$n / 2}}\n" }],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: 'set word "Grüße, 世界"\nputs [string length $word]\nputs [string reverse $word]\nputs [string toupper [string range $word 0 2]]\n',
      prints: "9\n界世 ,eßürG\nGRÜ\n",
    },
    "time zones by any name": {
      code: 'foreach zone {UTC :US/Eastern} {\n    puts [clock format 1782907200 -timezone $zone -format "%Y-%m-%d %H:%M %z"]\n}\n',
      prints: "2026-07-01 12:00 +0000\n2026-07-01 08:00 -0400\n",
    },
  },
  failures: {
    "an error": {
      code: 'proc half {n} {\n    if {$n == 0} {error "none"}\n    expr {$n / 2}\n}\n\nputs "fine"\nhalf 0\n',
      status: "error",
      marked: { line: 7, column: null, severity: "error", message: "none" },
    },
    "a syntax error": {
      code: 'puts "fine"\nputs [foo\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "missing close-bracket" },
    },
  },
  halfLines: {
    "puts, flushed": 'puts -nonewline "loading"\nflush stdout\nwhile 1 {}\n',
    "puts without a buffer, then a wait":
      'fconfigure stdout -buffering none\nputs -nonewline "loading"\nafter 600000\n',
  },
  memoryHog: "while 1 {\n    lappend kept [string repeat x 1048576]\n}\n",
  manyLines: 'puts -nonewline [string repeat "0123456789abcde\\n" 65536]\n',
};
