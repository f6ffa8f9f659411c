// @ts-check
import { SetupProblem } from "../setup/problem.mjs";

const PROGRAM = `  -l, --lang ID          the language; else the file's ending says it (qs languages)
  -a, --arg TEXT         an argument of the program; as often as there are. So is all after --
  -o, --option N=V       an option of the language, such as standard=c++23
  -t, --timeout TIME     stop it after 2s, 500ms or 1m
  -m, --memory SIZE      at most so much memory: 64M, 1G
      --json             print the result as JSON`;
const SERVER = "      --server URL       another server than the one of qs login";

/** @type {Readonly<Record<string, string>>} */
const PAGES = {
  run: `Usage: qs run FILE [FILE|FOLDER …] [-- ARGUMENT …]

Runs a program. The first file is the program, the others lie beside it. A folder alone is a program, too: the file that is
called as the language calls its main file (main.py) is run. "-" reads the program from standard input; then --lang is needed.

Standard input goes to the program, its output comes as it is printed, and qs exits with the program's code. In a
terminal the program has a terminal of its own: colours, Ctrl-C, programs that draw the whole screen.

${PROGRAM}
      --no-terminal      lines instead of a terminal, also in one
${SERVER}

Exit codes: the program's own, 128 + n for signal n; 124 time-out, 137 out of memory, 153 too much output,
130 cancelled, 125 when qs itself could not do it.`,
  test: `Usage: qs test FILE CASES … [-- ARGUMENT …]

Runs a program on test cases and says which passed. CASES are folders or files: pairs such as 1.in and 1.out, or input1.txt
and output1.txt, or a JSON file that the page has exported. Exits with 1 when one does not pass.

  -f, --file FILE        a further file of the program; as often as there are
  -c, --compare HOW      exact, trimmed (as it is without this: spaces at line ends do not count), or a tolerance for numbers: 1e-6
${PROGRAM}
${SERVER}`,
  login: `Usage: qs login [--server URL]

Asks for an API key, which you make on the server's page /settings#keys, checks it, and keeps it in
$XDG_CONFIG_HOME/quicksand/config.json, readable for you alone. QUICKSAND_SERVER and QUICKSAND_API_KEY go before it.

${SERVER}`,
  logout:
    "Usage: qs logout\n\nForgets the key. It goes on working until you revoke it on the server's page /settings#keys.",
  whoami: `Usage: qs whoami [--json]

Says which server is used and as whom.

      --json             print it as JSON
${SERVER}`,
  history: `Usage: qs history [--lang ID] [--status STATUS] [--search TEXT] [--json]

Lists your runs, newest first.

  -l, --lang ID          of this language
      --status STATUS    success, error, compile_error, timeout, memory_limit, output_limit, cancelled, running
      --search TEXT      whose title or code contains it
  -n, --limit NUMBER     at most so many; 20 without it, 100 at most
      --json             print them as JSON
${SERVER}`,
  share: `Usage: qs share ID|last [--public|--private]

Prints the address of a run's page, for whoever has the address. "last" is your newest run.

      --public           search engines may find it, too
      --private          take it back
${SERVER}`,
  languages: `Usage: qs languages [--json]

Lists the languages of the server.

      --json             print them as JSON, with options and limits
${SERVER}`,
  mcp: `Usage: qs mcp

For assistants that start programs: the Model Context Protocol over standard input and output, with the server and key of
qs login. Assistants that open addresses need it not: they take the server's /api/mcp.

${SERVER}`,
};

const OVERVIEW = `Usage: qs COMMAND …

  qs run FILE            run a program
  qs test FILE CASES     run it on test cases
  qs history             your runs
  qs share ID|last       a page of a run, for others
  qs languages           what can be run
  qs mcp                 tools for an assistant
  qs login               keep a server and an API key
  qs logout              forget the key
  qs whoami              which server, and as whom

qs COMMAND --help says more. Programs run on a Quicksand server: that of qs login, of --server or of QUICKSAND_SERVER, else
http://localhost:3000. Without an API key you are a guest there.`;

/** @param {string | undefined} command */
export function helpText(command) {
  if (command === undefined) return OVERVIEW;
  const page = Object.hasOwn(PAGES, command) ? PAGES[command] : undefined;
  if (page === undefined) {
    throw new SetupProblem(`\`${command}\` is no command of qs.`, {
      remedy: ["qs --help lists the commands."],
    });
  }
  return page;
}
