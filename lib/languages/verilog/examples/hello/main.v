// Greets who the input names.
module main;
  localparam STDIN = 32'h8000_0000;

  reg [8 * 64 - 1:0] name;

  initial
    while ($fscanf(STDIN, "%s", name) == 1)
      $display("Hello, %0s!", name);
endmodule
