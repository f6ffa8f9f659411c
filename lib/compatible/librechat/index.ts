/** LibreChat's code interpreter API: a thin translation onto runs, with files that outlive them. docs/compatible-apis.md says where it differs. */
export { serveDownload, serveExec, serveFile, serveFiles, serveNothing, serveUpload } from "./routes";
