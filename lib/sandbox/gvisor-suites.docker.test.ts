/** Every suite that a wall must pass, with gVisor's kernel between the program and the host's. */
import { gvisorWalls } from "./testing/gvisor";
import { attendedSuite } from "./testing/suites/attended";
import { childrenSuite } from "./testing/suites/children";
import { isolationSuite } from "./testing/suites/isolation";
import { limitsSuite } from "./testing/suites/limits";
import { namesSuite } from "./testing/suites/names";
import { stoppingSuite } from "./testing/suites/stopping";
import { terminalSuite } from "./testing/suites/terminal";
import { verdictsSuite } from "./testing/suites/verdicts";

const { held } = gvisorWalls();

const SUITES = [
  ...[isolationSuite, limitsSuite, verdictsSuite, stoppingSuite, childrenSuite],
  ...[namesSuite, attendedSuite, terminalSuite],
];
for (const suite of SUITES) suite(held);
