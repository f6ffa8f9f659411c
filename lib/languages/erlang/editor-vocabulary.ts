import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "after and andalso band begin bnot bor bsl bsr bxor case catch div else end fun if maybe not of or orelse receive rem try when xor module export import define record include spec type".split(
      " ",
    ),
  library:
    "io:format io:get_line io:fread io:put_chars lists:map lists:filter lists:foldl lists:foreach lists:seq lists:sort lists:reverse lists:sum lists:max lists:min lists:nth lists:zip lists:member lists:append lists:sublist lists:any lists:all lists:usort maps:get maps:put maps:from_list maps:to_list maps:update_with maps:keys maps:values maps:fold string:trim string:split string:lexemes string:lowercase string:uppercase string:length re:run re:split re:replace timer:sleep rand:uniform math:sqrt math:pi erlang:now integer_to_list list_to_integer atom_to_list list_to_atom float_to_list binary_to_list list_to_binary length hd tl element setelement tuple_size size abs round trunc spawn self register send_after throw error exit is_atom is_integer is_list".split(
      " ",
    ),
  snippets: [
    {
      label: "main",
      detail: "a program",
      body: "-module(main).\n-export([main/1]).\n\nmain(_Args) ->\n\t${1:ok}.\n",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: 'lines() ->\n\tcase io:get_line("") of\n\t\teof -> ok;\n\t\tLine -> ${1:io:put_chars(Line)}, lines()\n\tend.\n',
    },
    {
      label: "case",
      detail: "choose by a pattern",
      body: "case ${1:Value} of\n\t${2:Pattern} -> $0;\n\t_ -> ok\nend",
    },
    { label: "receive", detail: "wait for a message", body: "receive\n\t${1:Message} -> $0\nend" },
    { label: "process", detail: "a process", body: "${1:Pid} = spawn(fun() -> $0 end)" },
  ],
};
