-module(main).
-export([main/1]).

main(_Args) ->
    Counts = lists:foldl(fun count/2, #{}, words()),
    Sorted = lists:sort([{-Count, Word} || {Word, Count} <- maps:to_list(Counts)]),
    [io:format("~3b ~s~n", [-Count, Word]) || {Count, Word} <- lists:sublist(Sorted, 5)].

count(Word, Counts) ->
    maps:update_with(Word, fun(Count) -> Count + 1 end, 1, Counts).

%% The words of all lines of the input, in small letters.
words() ->
    case io:get_line("") of
        eof ->
            [];
        Line ->
            Parts = re:split(string:lowercase(Line), "[^a-z]+", [{return, list}]),
            [Part || Part <- Parts, Part =/= ""] ++ words()
    end.
