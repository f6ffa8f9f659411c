/**
 * Loaded before a server (`--import`): its wall clock is the machine's plus as many milliseconds as the file named by QUICKSAND_TEST_CLOCK says,
 * from the moment that it says so; the file with `.seen` at its end then says the same. Clocks that do not jump (`performance.now`, timers) stay.
 */
import fs from "node:fs";

const file = process.env.QUICKSAND_TEST_CLOCK;
const RealDate = Date;
let shiftMs = 0;

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shiftMs;
  }
}
Object.defineProperty(ShiftedDate, "name", { value: "Date" });
globalThis.Date = ShiftedDate;

function look() {
  const said = fs.readFileSync(file, "utf8");
  if (Number(said) === shiftMs && fs.existsSync(`${file}.seen`)) return;
  shiftMs = Number(said);
  fs.writeFileSync(`${file}.seen`, said);
}

if (file) {
  look();
  setInterval(look, 20).unref();
}
