:- initialization(main).

% A solution is an order of the columns, one for each row, in which no two queens share a diagonal.
queens(Size, Columns) :-
    numlist(1, Size, All),
    place(All, [], Reversed),
    reverse(Reversed, Columns).

place([], Placed, Placed).
place(Free, Placed, Columns) :-
    select(Column, Free, Rest),
    \+ attacked(Column, Placed),
    place(Rest, [Column|Placed], Columns).

% The first of those placed is one row away, the next two, and so on.
attacked(Column, Placed) :-
    nth1(Distance, Placed, Other),
    Distance =:= abs(Column - Other).

show_row(Size, Queen) :-
    numlist(1, Size, All),
    maplist([Column, Mark]>>(Column =:= Queen -> Mark = 'Q' ; Mark = '.'), All, Marks),
    atomic_list_concat(Marks, ' ', Line),
    writeln(Line).

main :-
    findall(Columns, queens(8, Columns), Solutions),
    Solutions = [First|_],
    maplist(show_row(8), First),
    length(Solutions, Count),
    format("~d solutions~n", [Count]).
