export type { JsonSchema } from "./components";
export {
  type Answer,
  type OpenApiDocument,
  type Operation,
  openApiDocument,
  type Parameter,
} from "./document";
