/** Every suite that a wall must pass, with gVisor's kernel between the program and the host's. */
import { gvisorWalls } from "./testing/gvisor";
import { childrenSuite } from "./testing/suites/children";
import { isolationSuite } from "./testing/suites/isolation";
import { limitsSuite } from "./testing/suites/limits";
import { stoppingSuite } from "./testing/suites/stopping";
import { verdictsSuite } from "./testing/suites/verdicts";

const { held } = gvisorWalls();

for (const suite of [isolationSuite, limitsSuite, verdictsSuite, stoppingSuite, childrenSuite]) suite(held);
