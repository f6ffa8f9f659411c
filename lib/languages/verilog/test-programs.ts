import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules beside it, a file that is included, and SystemVerilog": {
      code: `\`include "sides.vh"

module main;
  logic [7:0] number = \`SIDE;
  wire [7:0] result;

  half half_here(number, result);

  initial begin
    #1 $display("%0d", result);
    $display("Grüße, 世界");
    $finish(0);
  end
endmodule
`,
      files: [
        {
          path: "half.sv",
          content:
            "module half(input logic [7:0] number, output logic [7:0] result);\n  assign result = number / 2;\nendmodule\n",
        },
        { path: "sides.vh", content: "`define SIDE 6\n" },
      ],
      prints: "3\nGrüße, 世界\n",
    },
  },
  failures: {
    "a line that has no end": {
      code: 'module main;\n  initial\n    $display("fine")\nendmodule\n',
      status: "compile_error",
      marked: { line: 4, column: null, severity: "error", message: "syntax error" },
    },
    "a name that is not declared": {
      code: "module main;\n  wire [3:0] count;\n\n  assign count = missing + 1;\nendmodule\n",
      status: "compile_error",
      marked: {
        line: 4,
        column: null,
        severity: "error",
        message: "Unable to bind wire/reg/memory `missing' in `main'",
      },
    },
  },
  halfLines: {
    "$write and $fflush":
      'module main;\n  initial begin\n    $write("loading");\n    $fflush;\n    forever #1;\n  end\nendmodule\n',
  },
  memoryHog: 'module main;\n  string text = "x";\n\n  initial forever text = {text, text};\nendmodule\n',
  manyLines:
    'module main;\n  initial begin\n    repeat (65536) $display("0123456789abcde");\n    $finish(0);\n  end\nendmodule\n',
};
