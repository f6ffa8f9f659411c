import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "several source files, headers beside them and below": {
      code: `#include <stdio.h>
#include "mean.h"
#include "shapes/square.h"

int main(void) {
    double numbers[] = {1, 2, 6};
    printf("%.1f %d\\n", mean(numbers, 3), square(4));
}
`,
      files: [
        { path: "mean.h", content: "double mean(const double *numbers, int count);\n" },
        {
          path: "mean.c",
          content:
            '#include "mean.h"\n\ndouble mean(const double *numbers, int count) {\n    double sum = 0;\n    for (int i = 0; i < count; i++) sum += numbers[i];\n    return sum / count;\n}\n',
        },
        { path: "shapes/square.h", content: "int square(int side);\n" },
        {
          path: "shapes/square.c",
          content: '#include "square.h"\n\nint square(int side) { return side * side; }\n',
        },
        { path: "-o.c", content: "int odd_name(void) { return 1; }\n" },
        { path: "@list.c", content: "int other_name(void) { return 1; }\n" },
        { path: "notes.txt", content: "Not a source file.\n" },
      ],
      prints: "3.0 16\n",
    },
    "a source file that another includes": {
      code: '#include <stdio.h>\n#include "parts/table.c"\n\nint main(void) { printf("%d\\n", table[1]); }\n',
      files: [{ path: "parts/table.c", content: "static const int table[] = {3, 5};\n" }],
      prints: "5\n",
    },
    "time zones by any name, and locales": {
      code: `#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(void) {
    char text[64];
    time_t noon = 1782907200;
    strftime(text, sizeof text, "%F %H:%M %Z", localtime(&noon));
    puts(text);
    setenv("TZ", "US/Eastern", 1);
    tzset();
    setlocale(LC_ALL, "de_DE.UTF-8");
    strftime(text, sizeof text, "%A %H:%M %Z", localtime(&noon));
    puts(text);
}
`,
      prints: "2026-07-01 12:00 UTC\nMittwoch 08:00 EDT\n",
    },
    "text of any script": {
      code: '#include <stdio.h>\n\nint main(void) {\n    const char *größe = "Grüße, 世界";\n    puts(größe);\n}\n',
      prints: "Grüße, 世界\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: "int main(void) {\n    return missing;\n}\n",
      status: "compile_error",
      marked: {
        line: 2,
        column: 12,
        severity: "error",
        message: "‘missing’ undeclared (first use in this function)",
      },
    },
    "a warning of the compiler, and an exit code": {
      code: "int main(void) {\n    int unused;\n    return 3;\n}\n",
      status: "error",
      marked: {
        line: 2,
        column: 9,
        severity: "warning",
        message: "unused variable ‘unused’ [-Wunused-variable]",
      },
    },
  },
  halfLines: {
    printf: '#include <stdio.h>\n\nint main(void) {\n    printf("loading");\n    for (;;) {}\n}\n',
    "printf, then sleep":
      '#include <stdio.h>\n#include <unistd.h>\n\nint main(void) {\n    printf("loading");\n    for (;;) sleep(600);\n}\n',
    "a buffer of its own":
      '#include <stdio.h>\n#include <unistd.h>\n\nint main(void) {\n    static char buffer[100000];\n    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);\n    printf("loading");\n    pause();\n}\n',
    "printf in a thread":
      '#include <pthread.h>\n#include <stdio.h>\n#include <unistd.h>\n\nstatic void *work(void *_) {\n    printf("loading");\n    for (;;) {}\n}\n\nint main(void) {\n    pthread_t thread;\n    pthread_create(&thread, NULL, work, NULL);\n    pthread_join(thread, NULL);\n}\n',
    "printf in a child":
      '#include <stdio.h>\n#include <unistd.h>\n\nint main(void) {\n    if (fork() == 0) printf("loading");\n    for (;;) pause();\n}\n',
  },
  memoryHog:
    "#include <stdlib.h>\n#include <string.h>\n\nstatic char *volatile kept;\n\nint main(void) {\n    for (;;) {\n        char *block = malloc(1 << 20);\n        memset(block, 1, 1 << 20);\n        kept = block;\n    }\n}\n",
  manyLines:
    '#include <stdio.h>\n\nint main(void) {\n    for (int i = 0; i < 65536; i++) puts("0123456789abcde");\n}\n',
};
