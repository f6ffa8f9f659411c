-module(main).
-export([main/1]).

-define(SIZE, 1000).
-define(ROUNDS, 3).

%% A ring of processes. A number goes around, and each adds one to it.
main(_Args) ->
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> pass_on(Next) end) end,
                        self(), lists:seq(1, ?SIZE)),
    turn(1, First, 0).

turn(Number, _First, _Sum) when Number > ?ROUNDS ->
    io:format("~b processes went through it with no lock~n", [?SIZE]);
turn(Number, First, Sum) ->
    First ! Sum,
    receive
        Grown ->
            io:format("After round ~b: ~b~n", [Number, Grown]),
            turn(Number + 1, First, Grown)
    end.

pass_on(Next) ->
    receive
        Sum ->
            Next ! Sum + 1,
            pass_on(Next)
    end.
