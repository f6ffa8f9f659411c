import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `<?php
echo mb_strtoupper("grüße"), " ", bcmul("99999999999", "99999999999"), " ", gmp_strval(gmp_fact(25)), " ",
    extension_loaded("mbstring") && extension_loaded("bcmath") && extension_loaded("gmp") ? "all" : "not all", "\\n";
`,
      prints: "GRÜSSE 9999999999800000000001 15511210043330985984000000 all\n",
    },
    "files beside it": {
      code: '<?php\nrequire __DIR__ . "/lib/half.php";\n\necho half(6), "\\n";\n',
      files: [
        {
          path: "lib/half.php",
          content: "<?php\nfunction half(int $number): int\n{\n    return intdiv($number, 2);\n}\n",
        },
      ],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: '<?php\n$word = "Grüße, 世界";\necho mb_strlen($word), " ", strlen($word), "\\n", mb_strtoupper($word), "\\n", mb_substr($word, -2), "\\n";\n',
      prints: "9 15\nGRÜSSE, 世界\n世界\n",
    },
    "text around the code": { code: "Sum: <?= 2 + 2 ?>.\n", prints: "Sum: 4.\n" },
    "time zones by any name": {
      code: '<?php\n$noon = new DateTimeImmutable("2026-07-01 12:00");\necho $noon->format("c"), "\\n", $noon->setTimezone(new DateTimeZone("US/Eastern"))->format("c"), "\\n";\n',
      prints: "2026-07-01T12:00:00+00:00\n2026-07-01T08:00:00-04:00\n",
    },
  },
  failures: {
    "an exception": {
      code: '<?php\nfunction half(int $number): int\n{\n    if ($number === 0) throw new RuntimeException("none");\n    return intdiv($number, 2);\n}\n\necho "fine\\n";\nhalf(0);\n',
      status: "error",
      marked: { line: 4, column: null, severity: "error", message: "Uncaught RuntimeException: none" },
    },
    "a syntax error": {
      code: '<?php\necho "fine\\n";\n$x = );\n',
      status: "error",
      marked: {
        line: 3,
        column: null,
        severity: "error",
        message: "Unmatched ')'",
      },
    },
    "a warning, and an exit code": {
      code: "<?php\n$sum = 1 + $missing;\nexit(3);\n",
      status: "error",
      marked: { line: 2, column: null, severity: "warning", message: "Undefined variable $missing" },
    },
  },
  halfLines: {
    echo: '<?php\necho "loading";\nwhile (true) {\n}\n',
    "fwrite, then sleep": '<?php\nfwrite(STDOUT, "loading");\nsleep(600);\n',
  },
  memoryHog: '<?php\n$kept = [];\nwhile (true) {\n    $kept[] = str_repeat("x", 1_048_576);\n}\n',
  manyLines: '<?php\necho str_repeat("0123456789abcde\\n", 65_536);\n',
};
