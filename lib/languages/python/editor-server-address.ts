/** Where the server's files are; the set-up makes them of its package (bin/setup/language-servers.mjs), named by its version. */
export const SERVER_FOLDER = "/language-servers/python-1.39.4";
