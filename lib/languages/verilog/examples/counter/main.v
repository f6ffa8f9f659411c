module counter #(parameter WIDTH = 4) (
  input wire clock, reset,
  output reg [WIDTH - 1:0] count
);
  always @(posedge clock)
    if (reset) count <= 0;
    else count <= count + 1;
endmodule

// Tries it: until it is reset it holds anything, which is shown as x.
module main;
  reg clock = 0, reset = 1;
  wire [3:0] count;

  counter counter_here(.clock(clock), .reset(reset), .count(count));

  always #5 clock = ~clock;

  initial begin
    $monitor("%0d ns: reset %b, count %b", $time, reset, count);
    #12 reset = 0;
    #28 $finish(0);
  end
endmodule
