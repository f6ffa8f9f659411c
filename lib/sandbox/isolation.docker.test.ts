import { isolationSuite } from "./testing/suites/isolation";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) isolationSuite(wall);
