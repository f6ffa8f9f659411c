\ A program teaches the machine new words, each made of words before it.
256 constant line-size
create input-line line-size 2 + allot
create counts 26 cells allot

: greet ( addr u -- )  ." Hello, " type ." !" cr ;

: .backwards ( addr u -- )
    ." Backwards: "
    begin dup while  1- 2dup + c@ emit  repeat 2drop cr ;

: count-letters ( addr u -- )
    counts 26 cells erase
    bounds ?do
        i c@ toupper 'A' -
        dup 26 u< if  cells counts + 1 swap +!  else  drop  then
    loop ;

: .letters ( -- )
    ." Letters:"
    26 0 do
        i cells counts + @  ?dup if  space 'a' i + emit 0 .r  then
    loop cr ;

: greet-all ( -- )
    begin  input-line line-size stdin read-line throw  while
        input-line swap
        2dup greet  2dup .backwards  count-letters .letters
    repeat drop ;

greet-all
