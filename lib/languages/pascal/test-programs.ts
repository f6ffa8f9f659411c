import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a unit beside it, and text of any script": {
      code: "program main;\n\nuses half, sysutils;\n\nbegin\n  writeln(half_of(6));\n  writeln('Grüße, 世界');\n  writeln(format('%.2f', [1.5]));\nend.\n",
      files: [
        {
          path: "half.pas",
          content:
            "unit half;\n\ninterface\n\nfunction half_of(number: integer): integer;\n\nimplementation\n\nfunction half_of(number: integer): integer;\nbegin\n  half_of := number div 2;\nend;\n\nend.\n",
        },
      ],
      prints: "3\nGrüße, 世界\n1.50\n",
    },
  },
  failures: {
    "a name that is not declared": {
      code: "program main;\nbegin\n  writeln(missing);\nend.\n",
      status: "compile_error",
      marked: { line: 3, column: 11, severity: "error", message: 'Identifier not found "missing"' },
    },
    "a division by zero": {
      code: "program main;\n\nfunction half(number: integer): integer;\nbegin\n  half := 10 div number;\nend;\n\nbegin\n  writeln('so far');\n  writeln(half(0));\nend.\n",
      status: "error",
      marked: { line: 5, column: null, severity: "error", message: "Runtime error 200" },
    },
    "an exception": {
      code: "program main;\n\nuses sysutils;\n\nbegin\n  writeln('so far');\n  raise Exception.create('none');\nend.\n",
      status: "error",
      // Free Pascal itself names the line before a `raise`.
      marked: { line: 6, column: null, severity: "error", message: "Exception: none" },
    },
  },
  halfLines: {
    write: "program main;\nbegin\n  write('loading');\n  while true do;\nend.\n",
    "write, then sleep":
      "program main;\n\nuses sysutils;\n\nbegin\n  write('loading');\n  sleep(600000);\nend.\n",
  },
  memoryHog:
    "program main;\n\nvar\n  block: pointer;\n\nbegin\n  while true do\n  begin\n    getmem(block, 1048576);\n    fillchar(block^, 1048576, 1);\n  end;\nend.\n",
  manyLines:
    "program main;\n\nvar\n  i: longint;\n\nbegin\n  for i := 1 to 65536 do\n    writeln('0123456789abcde');\nend.\n",
};
