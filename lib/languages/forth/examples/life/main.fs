6 constant world-height
12 constant world-width
world-height world-width * constant world-size
create this-world world-size allot
create next-world world-size allot

\ The world has no edge: it goes on at the other side.
: offset-of ( y x -- offset )
    world-width + world-width mod
    swap world-height + world-height mod
    world-width * + ;

: alive ( y x -- 0|1 )  offset-of this-world + c@ ;
: bring-to-life ( y x -- )  offset-of this-world + 1 swap c! ;

: neighbours ( y x -- n )
    0                                       ( y x n )
    2 -1 do
        2 -1 do
            i 0<> j 0<> or if
                2 pick j +  2 pick i +  alive +
            then
        loop
    loop nip nip ;

: alive-next ( y x -- 0|1 )
    2dup neighbours >r alive r>             ( alive n )
    dup 3 =  -rot 2 = and  or  1 and ;

: generation ( -- )
    world-height 0 do
        world-width 0 do
            j i alive-next  j i offset-of next-world + c!
        loop
    loop
    next-world this-world world-size move ;

: .world ( -- )
    world-height 0 do
        world-width 0 do
            j i alive if  '#'  else  '.'  then emit
        loop cr
    loop ;

: show-steps ( steps -- )
    1+ 0 do
        ." Step " i 0 .r cr
        .world generation
    loop ;

this-world world-size erase
0 1 bring-to-life  1 2 bring-to-life
2 0 bring-to-life  2 1 bring-to-life  2 2 bring-to-life
4 show-steps
