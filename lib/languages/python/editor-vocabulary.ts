import type { Vocabulary } from "../editor";

/** Offered until the language server is there, and when it is switched off. */
export const VOCABULARY: Vocabulary = {
  keywords:
    "and as assert async await break class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return True try while with yield".split(
      " ",
    ),
  library:
    "abs all any bool bytes chr dict enumerate filter float format frozenset getattr hasattr hash input int isinstance iter len list map max min next object open ord pow print range repr reversed round set setattr slice sorted str sum super tuple type zip ArithmeticError Exception FileNotFoundError IndexError KeyError OSError RuntimeError StopIteration TypeError ValueError ZeroDivisionError collections datetime functools itertools json math os pathlib random re sys time".split(
      " ",
    ),
  snippets: [
    {
      label: "main",
      detail: "a main function, called when the file is run",
      body: 'def main():\n\t${1:pass}\n\n\nif __name__ == "__main__":\n\tmain()\n',
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "import sys\n\nfor line in sys.stdin:\n\t${1:print(line.strip())}\n",
    },
    {
      label: "numbers",
      detail: "a line of numbers from the input",
      body: "${1:numbers} = [int(word) for word in input().split()]",
    },
  ],
};
