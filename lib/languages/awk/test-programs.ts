import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a file beside it": {
      code: '@include "half.awk"\n\nBEGIN { print half(6) }\n',
      files: [{ path: "half.awk", content: "function half(n) { return n / 2 }\n" }],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: 'BEGIN {\n  word = "Grüße, 世界"\n  print length(word), toupper(substr(word, 1, 3)), substr(word, 8)\n}\n',
      prints: "9 GRÜ 世界\n",
    },
    "what only GNU's awk has": {
      code: 'BEGIN {\n  PROCINFO["sorted_in"] = "@val_num_desc"\n  n["a"] = 1; n["b"] = 3; n["c"] = 2\n  for (key in n) printf "%s%d ", key, n[key]\n  print gensub(/(.)(.)/, "\\\\2\\\\1", "g", "abcd")\n}\n',
      prints: "b3 c2 a1 badc\n",
    },
  },
  failures: {
    "an error while it runs": {
      code: 'function half(n) {\n  return 1 / n\n}\n\nBEGIN {\n  print "fine"\n  print half(0)\n}\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "division by zero attempted" },
    },
    "a syntax error": {
      code: "BEGIN {\n  print )\n}\n",
      status: "error",
      marked: { line: 2, column: 9, severity: "error", message: "syntax error" },
    },
  },
  halfLines: {
    "printf, flushed": 'BEGIN {\n  printf "loading"\n  fflush()\n  while (1);\n}\n',
    "printf by another program": 'BEGIN {\n  system("printf loading")\n  while (1);\n}\n',
  },
  memoryHog: 'BEGIN {\n  while (1) kept[n++] = sprintf("%1048576s", n)\n}\n',
  manyLines:
    'BEGIN {\n  text = sprintf("%65536s", "")\n  gsub(/ /, "0123456789abcde\\n", text)\n  printf "%s", text\n}\n',
};
