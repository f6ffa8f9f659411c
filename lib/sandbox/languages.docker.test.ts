import { languagesSuite } from "./testing/suites/languages";
import { WALLS } from "./testing/walls";

for (const wall of WALLS) languagesSuite(wall);
