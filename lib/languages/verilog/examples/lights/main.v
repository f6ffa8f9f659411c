// Traffic lights: a machine with four states, each named by its lamps.
module lights(input wire clock, output reg [2:0] lamps);
  localparam RED = 3'b100, READY = 3'b110, GREEN = 3'b001, YELLOW = 3'b010;

  initial lamps = RED;

  always @(posedge clock)
    case (lamps)
      RED: lamps <= READY;
      READY: lamps <= GREEN;
      GREEN: lamps <= YELLOW;
      default: lamps <= RED;
    endcase
endmodule

module main;
  reg clock = 0;
  wire [2:0] lamps;

  lights crossing(clock, lamps);

  initial
    repeat (6) begin
      #5 $display("%2d s: %s %s %s", $time,
                  lamps[2] ? "red" : "---", lamps[1] ? "yellow" : "------", lamps[0] ? "green" : "-----");
      clock = 1;
      #5 clock = 0;
    end
endmodule
