import { childrenSuite } from "./testing/suites/children";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) childrenSuite(wall);
