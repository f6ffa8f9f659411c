import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `use JSON;
use List::MoreUtils qw(uniq);

package Point { use Moo; has x => (is => "ro"); }
print Point->new(x => 3)->x, " ", join(",", uniq(1, 1, 2)), " ", encode_json([1, "a"]), "\\n";
`,
      prints: '3 1,2 [1,"a"]\n',
    },
    "modules beside it": {
      code: 'use v5.36;\nuse lib "lib";\nuse Half qw(half);\n\nsay half(6);\n',
      files: [
        {
          path: "lib/Half.pm",
          content:
            'package Half;\nuse v5.36;\nuse Exporter "import";\nour @EXPORT_OK = qw(half);\n\nsub half ($number) { return $number / 2 }\n\n1;\n',
        },
      ],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: 'use v5.36;\nuse utf8;\nuse open qw(:std :encoding(UTF-8));\n\nmy $word = "Grüße, 世界";\nsay length $word;\nsay scalar reverse $word;\nsay uc $word;\n',
      prints: "9\n界世 ,eßürG\nGRÜSSE, 世界\n",
    },
    "its library": {
      code: "use v5.36;\nuse JSON::PP;\nuse List::Util qw(sum uniq);\nuse Math::BigInt;\n\nsay JSON::PP->new->canonical->encode({ primes => [2, 3, 5] });\nsay sum(uniq(1, 2, 2, 3));\nsay Math::BigInt->new(2)->bpow(70);\n",
      prints: '{"primes":[2,3,5]}\n6\n1180591620717411303424\n',
    },
  },
  failures: {
    "an error": {
      code: 'use v5.36;\n\nsub half ($number) {\n    die "none" if $number == 0;\n    return $number / 2;\n}\n\nsay "fine";\nhalf(0);\n',
      status: "error",
      marked: { line: 4, column: null, severity: "error", message: "none" },
    },
    "a syntax error": {
      code: 'use v5.36;\nsay "fine";\nmy $x = );\n',
      status: "error",
      marked: { line: 3, column: null, severity: "error", message: "syntax error" },
    },
    "a warning, and an exit code": {
      code: "use v5.36;\nmy $missing;\nmy $sum = 1 + $missing;\nexit 3;\n",
      status: "error",
      marked: {
        line: 3,
        column: null,
        severity: "warning",
        message: "Use of uninitialized value $missing in addition (+)",
      },
    },
  },
  halfLines: {
    print: 'print "loading";\n1 while 1;\n',
    "print, then sleep": 'print "loading";\nsleep 600;\n',
  },
  memoryHog: 'my @kept;\npush @kept, "x" x (1_048_576 + @kept) while 1;\n',
  manyLines: 'print "0123456789abcde\\n" x 65_536;\n',
};
