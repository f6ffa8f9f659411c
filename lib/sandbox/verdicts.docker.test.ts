import { verdictsSuite } from "./testing/suites/verdicts";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) verdictsSuite(wall);
