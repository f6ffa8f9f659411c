import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `#include <Eigen/Dense>
#include <boost/algorithm/string.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

int main() {
    boost::multiprecision::cpp_int product = 1;
    for (int n = 2; n <= 25; ++n) product *= n;
    Eigen::Matrix2d m;
    m << 1, 2, 3, 4;
    std::cout << product << ' ' << m.determinant() << ' ' << boost::to_upper_copy(std::string("boost")) << ' '
              << nlohmann::json::parse("{\\"a\\": [1, 2]}")["a"].size() << '\\n';
}
`,
      prints: "15511210043330985984000000 -2 BOOST 2\n",
    },
    "several source files with any of C++'s endings, and C's beside them": {
      code: `#include <iostream>
#include "mean.hpp"
#include "shapes/square.h"

extern "C" int twice(int number);

int main() {
    std::cout << mean({1, 2, 6}) << ' ' << square(4) << ' ' << cube(2) << ' ' << twice(21) << '\\n';
}
`,
      files: [
        {
          path: "mean.hpp",
          content:
            "#include <vector>\n\ndouble mean(const std::vector<double>& numbers);\nint cube(int side);\n",
        },
        {
          path: "mean.cpp",
          content:
            '#include <bits/stdc++.h>\n#include "mean.hpp"\n\ndouble mean(const std::vector<double>& numbers) {\n    return std::accumulate(numbers.begin(), numbers.end(), 0.0) / numbers.size();\n}\n',
        },
        {
          path: "cube.cxx",
          content: '#include "mean.hpp"\n\nint cube(int side) { return side * side * side; }\n',
        },
        { path: "shapes/square.h", content: "int square(int side);\n" },
        {
          path: "shapes/square.cc",
          content: '#include "square.h"\n\nint square(int side) { return side * side; }\n',
        },
        { path: "-o.cpp", content: "int odd_name() { return 1; }\n" },
        { path: "twice.c", content: "int twice(int number) { int new = 2 * number; return new; }\n" },
      ],
      prints: "3 16 8 42\n",
    },
    locales: {
      code: '#include <iomanip>\n#include <iostream>\n#include <locale>\n\nint main() {\n    std::cout.imbue(std::locale("en_US.UTF-8"));\n    std::cout << std::fixed << std::setprecision(2) << 1234.5 << "\\n";\n}\n',
      prints: "1,234.50\n",
    },
    "text of any script": {
      code: '#include <iostream>\n\nint main() {\n    const std::string größe = "Grüße, 世界";\n    std::cout << größe << " " << größe.size() << "\\n";\n}\n',
      prints: "Grüße, 世界 15\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: "int main() {\n    std::vector<int> numbers;\n}\n",
      status: "compile_error",
      marked: { line: 2, column: 10, severity: "error", message: "‘vector’ is not a member of ‘std’" },
    },
  },
  halfLines: {
    cout: '#include <iostream>\n\nint main() {\n    std::cout << "loading";\n    for (;;) {}\n}\n',
    "cout without C's streams":
      '#include <iostream>\n\nint main() {\n    std::ios::sync_with_stdio(false);\n    std::cin.tie(nullptr);\n    std::cout << "loading";\n    for (volatile int i = 0;;) i = 1;\n}\n',
    printf:
      '#include <cstdio>\n\nint main() {\n    std::printf("loading");\n    for (volatile int i = 0;;) i = 1;\n}\n',
  },
  memoryHog:
    "#include <string>\n#include <vector>\n\nint main() {\n    std::vector<std::string> kept;\n    for (;;) kept.push_back(std::string(1 << 20, 'x'));\n}\n",
  manyLines:
    '#include <iostream>\n\nint main() {\n    for (int i = 0; i < 65536; i++) std::cout << "0123456789abcde\\n";\n}\n',
};
