import { attendedSuite } from "./testing/suites/attended";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) attendedSuite(wall);
