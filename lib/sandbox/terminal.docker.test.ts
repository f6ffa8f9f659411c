import { terminalSuite } from "./testing/suites/terminal";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) terminalSuite(wall);
