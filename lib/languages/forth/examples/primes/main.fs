\ The sieve of Eratosthenes: what is a multiple of a prime is crossed out.
100 constant limit
create crossed limit allot
crossed limit erase

: prime? ( n -- flag )  crossed + c@ 0= ;

: cross-out ( prime -- )
    limit over dup * ?do          \ Smaller multiples are crossed out already.
        1 crossed i + c!
    dup +loop drop ;

: sieve ( -- )
    limit 2 do
        i dup * limit < if
            i prime? if  i cross-out  then
        then
    loop ;

: .primes ( -- )
    0                             \ How many there are in this line.
    limit 2 do
        i prime? if
            i 3 .r  1+
            dup 10 = if  cr drop 0  then
        then
    loop
    if cr then ;

sieve .primes
