8 constant board-size
create queens board-size cells allot
variable solutions  0 solutions !

\ Where the column of a row's queen is kept.
: queen ( row -- addr )  cells queens + ;

: safe? ( row column -- flag )
    over 0 ?do
        i queen @ over - abs                ( row column apart )
        dup 0=  swap 3 pick i - =  or if
            2drop false unloop exit
        then
    loop 2drop true ;

: .board ( -- )
    board-size 0 do
        board-size 0 do
            j queen @ i = if  ." Q"  else  ." ."  then
            i 1+ board-size < if  space  then
        loop cr
    loop ;

\ Goes on from a row; the queens of the rows above have their places.
: solve ( row -- )
    dup board-size = if
        drop
        solutions @ 0= if  .board  then
        1 solutions +!  exit
    then
    board-size 0 do
        dup i safe? if
            i over queen !
            dup 1+ recurse
        then
    loop drop ;

0 solve
solutions @ 0 .r ."  solutions" cr
