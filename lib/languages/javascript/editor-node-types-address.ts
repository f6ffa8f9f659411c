/** Where the types of Node are: of the major version that programs run in; the set-up makes the file (bin/setup/language-servers.mjs). */
export const NODE_TYPES_ADDRESS = "/language-servers/node-20.19.43-4.17.27-4.3.7/types.json.gz";
