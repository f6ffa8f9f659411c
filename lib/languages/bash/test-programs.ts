import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "time zones by any name, and locales": {
      code: `for zone in US/Eastern Asia/Calcutta Europe/Kyiv; do
  TZ=$zone date --date=2026-07-01T12:00Z +%FT%T%:z
done
date +%Z
echo "$LANG"
LC_ALL=de_DE.UTF-8 date --date=2026-07-01 +%A
LC_ALL=en_US.UTF-8 printf "%'.2f\\n" 1234.5
`,
      prints: `2026-07-01T08:00:00-04:00
2026-07-01T17:30:00+05:30
2026-07-01T15:00:00+03:00
UTC
C.UTF-8
Mittwoch
1,234.50
`,
    },
    "scripts beside it": {
      code: "source lib/greet.sh\n./shout.sh | tr a-z A-Z\ngreet\n",
      files: [
        { path: "lib/greet.sh", content: 'greet() { echo "hello"; }\n' },
        { path: "shout.sh", content: "#!/bin/sh\necho loud\n" },
      ],
      prints: "LOUD\nhello\n",
    },
    "text of any script": {
      code: 'word="Grüße, 世界"\nlarge=$(sed "s/.*/\\U&/" <<<"$word")\nprintf "%s\\n" "$large"\n',
      prints: "GRÜßE, 世界\n",
    },
  },
  failures: {
    "an unknown command": {
      code: "echo fine\n\nno-such-command\n",
      status: "error",
      marked: { line: 3, column: null, severity: "error", message: "no-such-command: command not found" },
    },
    "a syntax error": {
      code: "if true; then\n  echo fine\ndone\n",
      status: "error",
      marked: {
        line: 3,
        column: null,
        severity: "error",
        message: "syntax error near unexpected token `done'",
      },
    },
  },
  halfLines: {
    echo: "echo -n loading\nwhile :; do :; done\n",
    "printf, then sleep": "printf loading\nsleep 600\n",
  },
  memoryHog: "text=x\nwhile :; do text=$text$text; done\n",
  manyLines: "printf '%65536s' '' | sed 's/ /0123456789abcde\\n/g'\n",
};
