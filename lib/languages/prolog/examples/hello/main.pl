:- initialization(main).

greeting(Name, Greeting) :-
    string_concat("Hello, ", Name, Start),
    string_concat(Start, "!", Greeting).

% `aggregate_all` counts the ways in which a goal succeeds.
letter(Name, Letter-Count) :-
    string_chars(Name, Chars),
    sort(Chars, Letters),
    member(Letter, Letters),
    aggregate_all(count, member(Letter, Chars), Count).

main :-
    read_line_to_string(user_input, Name),
    greeting(Name, Greeting),
    writeln(Greeting),

    string_chars(Name, Chars),
    reverse(Chars, Backwards),
    format("Backwards: ~s~n", [Backwards]),

    string_lower(Name, Lower),
    write("Letters:"),
    forall(letter(Lower, Letter-Count), format(" ~w~w", [Letter, Count])),
    nl.
