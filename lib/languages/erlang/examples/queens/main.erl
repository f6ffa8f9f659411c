-module(main).
-export([main/1]).

-define(SIZE, 8).

main(_Args) ->
    Solutions = place([]),
    lists:foreach(fun show/1, hd(Solutions)),
    io:format("~b solutions~n", [length(Solutions)]).

%% All ways to go on when the queens of the rows above stand in these columns, those of the nearest row first.
place(Columns) when length(Columns) =:= ?SIZE ->
    [lists:reverse(Columns)];
place(Columns) ->
    [Solution || Column <- lists:seq(1, ?SIZE),
                 free(Column, Columns, 1),
                 Solution <- place([Column | Columns])].

free(_Column, [], _Apart) ->
    true;
free(Column, [Other | Above], Apart) ->
    Column =/= Other
        andalso abs(Column - Other) =/= Apart
        andalso free(Column, Above, Apart + 1).

show(Column) ->
    Row = [case X of Column -> $Q; _ -> $. end || X <- lists:seq(1, ?SIZE)],
    io:format("~s~n", [lists:join($\s, Row)]).
