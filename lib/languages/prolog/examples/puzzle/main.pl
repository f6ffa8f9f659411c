:- use_module(library(clpfd)).
:- initialization(main).

% SEND + MORE = MONEY: each letter is a digit of its own, and no number begins with 0.
puzzle([S,E,N,D] + [M,O,R,E] = [M,O,N,E,Y]) :-
    Letters = [S,E,N,D,M,O,R,Y],
    Letters ins 0..9,
    all_different(Letters),
    S #\= 0,
    M #\= 0,
    1000*S + 100*E + 10*N + D + 1000*M + 100*O + 10*R + E #=
        10000*M + 1000*O + 100*N + 10*E + Y,
    label(Letters).

number_of(Digits, Number) :-
    foldl([Digit, Before, After]>>(After is 10 * Before + Digit), Digits, 0, Number).

main :-
    puzzle(A + B = C),
    maplist(number_of, [A, B, C], Numbers),
    format("~w + ~w = ~w~n", Numbers).
