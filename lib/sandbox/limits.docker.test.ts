import { limitsSuite } from "./testing/suites/limits";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) limitsSuite(wall);
