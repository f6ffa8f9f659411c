// Adds three bits by gates.
module full_adder(input wire a, b, carry_in, output wire sum, carry_out);
  wire half, both, passed;

  xor (half, a, b);
  xor (sum, half, carry_in);
  and (both, a, b);
  and (passed, half, carry_in);
  or (carry_out, both, passed);
endmodule

// A row of them, each with the carry of the one before.
module adder #(parameter WIDTH = 4) (
  input wire [WIDTH - 1:0] a, b,
  output wire [WIDTH:0] sum
);
  wire [WIDTH:0] carry;
  genvar i;

  assign carry[0] = 1'b0;
  assign sum[WIDTH] = carry[WIDTH];
  generate
    for (i = 0; i < WIDTH; i = i + 1) begin : bits
      full_adder bit_adder(a[i], b[i], carry[i], sum[i], carry[i + 1]);
    end
  endgenerate
endmodule

module main;
  reg [3:0] a, b;
  wire [4:0] sum;
  integer number, wrong;

  adder adder_here(a, b, sum);

  initial begin
    wrong = 0;
    for (number = 0; number < 256; number = number + 1) begin
      {a, b} = number;
      #1 if (sum !== a + b) wrong = wrong + 1;
      if (number % 85 == 0) $display("%0d + %0d = %0d, in bits %b", a, b, sum, sum);
    end
    $display("%0d of 256 sums are wrong", wrong);
  end
endmodule
