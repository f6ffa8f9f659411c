import { stoppingSuite } from "./testing/suites/stopping";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) stoppingSuite(wall);
