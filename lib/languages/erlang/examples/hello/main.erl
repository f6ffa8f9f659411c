-module(main).
-export([main/1]).

main(Args) ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            io:format("~ts~n", [greet(string:trim(Line))]),
            main(Args)
    end.

greet(Name) -> ["Hello, ", Name, "!"].
