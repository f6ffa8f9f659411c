import { sourcesOf } from "../c/sources";
import { ONE_SCHEDULER } from "../elixir";
import type { Language } from "../language";

export const erlang: Language = {
  id: "erlang",
  name: "Erlang",
  version: "OTP 27",
  versionCommand: ["erl", "-noshell", "-eval", "io:put_chars(erlang:system_info(otp_release)), halt()."],
  aliases: ["erl", "escript"],
  extension: "erl",
  mainFile: "main.erl",
  editor: "erlang",
  image: { folder: "elixir" },
  core: false,
  // The compiler speaks on standard output, where nobody looks for what is wrong with a program.
  compile: ({ files }) => ["sh", "-c", 'exec "$@" >&2', "sh", "erlc", ...sourcesOf(files, /\.erl$/)],
  run: ["escript", "main.beam"],
  repl: ["erl"],
  env: { ERL_AFLAGS: ONE_SCHEDULER },
};
