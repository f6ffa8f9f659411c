/**
 * What the browser's requests are made and checked by. Apart from api.ts, which loads it while the page is being shown: these schemas and the
 * library that they are written in are a fifth of what a page would have to load before.
 */
export { endpoints } from "../schemas/endpoints";
export { errorBodySchema } from "../schemas/error";
