import { namesSuite } from "./testing/suites/names";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) namesSuite(wall);
