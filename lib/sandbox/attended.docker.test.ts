import { attendedSuite } from "./testing/suites/attended";
import { SAMPLED_WALLS } from "./testing/walls";

for (const wall of SAMPLED_WALLS) attendedSuite(wall);
