:- initialization(main).

% A grammar: a text is words with other characters between them.
words([Word|Words]) --> letters([Letter|Letters]), !, { atom_chars(Word, [Letter|Letters]) }, words(Words).
words(Words) --> [_], !, words(Words).
words([]) --> [].

letters([Letter|Letters]) --> [Letter], { char_type(Letter, lower(_)) }, !, letters(Letters).
letters([]) --> [].

% Pairs sort by their first part: what is negative, by the highest count.
count(Words, Order-Word) :-
    sort(Words, Different),
    member(Word, Different),
    aggregate_all(count, member(Word, Words), Count),
    Order is -Count.

main :-
    read_string(user_input, _, Text),
    string_lower(Text, Lower),
    string_chars(Lower, Chars),
    phrase(words(Words), Chars),
    findall(Pair, count(Words, Pair), Pairs),
    msort(Pairs, Sorted),
    forall(
        ( nth1(Place, Sorted, Order-Word), Place =< 5 ),
        ( Count is -Order, format("~t~d~3| ~w~n", [Count, Word]) )
    ).
