import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a module beside it": {
      code: "use Half;\n\nsay half(6);\n",
      files: [
        { path: "Half.rakumod", content: "unit module Half;\n\nsub half($n) is export { $n div 2 }\n" },
      ],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: 'my $word = "Grüße, 世界";\nsay $word.chars, " ", $word.encode.bytes;\nsay $word.flip;\nsay $word.uc;\n',
      prints: "9 15\n界世 ,eßürG\nGRÜSSE, 世界\n",
    },
    "exact fractions": { code: "say 0.1 + 0.2 == 0.3;\nsay (1/3 + 1/6).nude;\n", prints: "True\n(1 2)\n" },
  },
  failures: {
    "an error": {
      code: 'sub half($n) {\n    die "none" if $n == 0;\n    $n / 2\n}\n\nsay "fine";\nhalf(0);\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "none" },
    },
    "a syntax error": {
      code: 'say "fine";\nif 1;\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "Missing block" },
    },
  },
  halfLines: { "print, flushed": 'print "loading";\n$*OUT.flush;\nloop { }\n' },
  memoryHog: "my @kept;\nloop { @kept.push: buf8.allocate(1_048_576) }\n",
  manyLines: 'print "0123456789abcde\\n" x 65_536;\n',
};
