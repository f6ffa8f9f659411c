import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "always always_comb always_ff and assign begin bit buf byte case casex casez default disable edge else end endcase endfunction endgenerate endmodule endtask enum event for forever fork function generate genvar if initial inout input int integer join localparam logic longint module nand negedge nor not or output parameter posedge real reg repeat return shortint signed string struct supply0 supply1 task time tri typedef unsigned void wait while wire xnor xor".split(
      " ",
    ),
  library:
    "$display $write $monitor $strobe $finish $stop $time $realtime $random $urandom $clog2 $signed $unsigned $bits $readmemh $readmemb $fopen $fclose $fgets $fscanf $fdisplay $fwrite $fflush $sformat $sscanf $feof $value$plusargs $dumpfile $dumpvars $error $fatal timescale define include ifdef endif".split(
      " ",
    ),
  snippets: [
    {
      label: "module",
      detail: "a module",
      body: "module ${1:name}(input wire ${2:a}, output wire ${3:b});\n\t$0\nendmodule\n",
    },
    {
      label: "bench",
      detail: "a program that tries a module",
      body: "module main;\n\treg clock = 0;\n\n\talways #5 clock = ~clock;\n\n\tinitial begin\n\t\t$0\n\t\t\\$finish(0);\n\tend\nendmodule\n",
    },
    {
      label: "clocked",
      detail: "at each rise of the clock",
      body: "always @(posedge ${1:clock})\n\t${2:q} <= ${3:d};",
    },
    {
      label: "case",
      detail: "choose by a value",
      body: "case (${1:state})\n\t${2:0}: $0;\n\tdefault: ;\nendcase",
    },
    {
      label: "for",
      detail: "a loop that counts",
      body: "for (${1:i} = 0; ${1:i} < ${2:n}; ${1:i} = ${1:i} + 1) begin\n\t$0\nend",
    },
  ],
};
