import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a second file of its package, and text of any language": {
      code: 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println(half(6), "größer 世界", len([]rune("世界")))\n}\n',
      files: [
        { path: "half.go", content: "package main\n\nfunc half(number int) int {\n\treturn number / 2\n}\n" },
        { path: "half_test.go", content: "package main\n\nfunc unused() { missing() }\n" },
      ],
      prints: "3 größer 世界 2\n",
    },
    "a module with a package below": {
      code: 'package main\n\nimport (\n\t"fmt"\n\n\t"example/shapes"\n)\n\nfunc main() {\n\tfmt.Println(shapes.Square(3))\n}\n',
      files: [
        { path: "go.mod", content: "module example\n\ngo 1.24\n" },
        {
          path: "shapes/square.go",
          content: "package shapes\n\nfunc Square(side int) int {\n\treturn side * side\n}\n",
        },
      ],
      prints: "9\n",
    },
    "time zones by any name": {
      code: 'package main\n\nimport (\n\t"fmt"\n\t"time"\n)\n\nfunc main() {\n\tzone, err := time.LoadLocation("US/Eastern")\n\tfmt.Println(time.Unix(1782907200, 0).In(zone).Format(time.RFC3339), err)\n}\n',
      prints: "2026-07-01T08:00:00-04:00 <nil>\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println(missing)\n}\n',
      status: "compile_error",
      marked: { line: 6, column: 14, severity: "error", message: "undefined: missing" },
    },
    "a panic": {
      code: 'package main\n\nimport "fmt"\n\nfunc third(numbers []int) int {\n\treturn numbers[2]\n}\n\nfunc main() {\n\tfmt.Println(third([]int{1}))\n}\n',
      status: "error",
      marked: {
        line: 6,
        column: null,
        severity: "error",
        message: "runtime error: index out of range [2] with length 1",
      },
    },
  },
  halfLines: {
    "fmt.Print": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Print("loading")\n\tfor {\n\t}\n}\n',
    "fmt.Print, then sleep":
      'package main\n\nimport (\n\t"fmt"\n\t"time"\n)\n\nfunc main() {\n\tfmt.Print("loading")\n\ttime.Sleep(time.Hour)\n}\n',
  },
  memoryHog:
    "package main\n\nfunc main() {\n	var kept [][]byte\n	for {\n		block := make([]byte, 1<<20)\n		for i := 0; i < len(block); i += 4096 {\n			block[i] = 1\n		}\n		kept = append(kept, block)\n	}\n}\n",
  manyLines:
    'package main\n\nimport (\n	"fmt"\n	"strings"\n)\n\nfunc main() {\n	fmt.Print(strings.Repeat("0123456789abcde\\n", 65536))\n}\n',
};
