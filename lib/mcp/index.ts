export { mcpDoor, mcpRoute } from "./door";
