identification division.
program-id. primes.

data division.
working-storage section.
78 limit-number     value 60.
01 sieve.
    05 struck       pic 9 value 0 occurs 60 times.
01 i                pic 99.
01 j                pic 9(4).
01 first-multiple   pic 9(4).
01 how-many         pic 99 value 0.
01 shown            pic zzz9.
01 primes-row       pic x(80) value spaces.
01 place            pic 99 value 1.

procedure division.
    perform varying i from 2 by 1 until i > limit-number
        if struck(i) = 0
            add 1 to how-many
            move i to shown
            string shown delimited by size into primes-row with pointer place
            compute first-multiple = i * i
            perform varying j from first-multiple by i until j > limit-number
                move 1 to struck(j)
            end-perform
        end-if
    end-perform
    display function trim(primes-row trailing)
    display how-many " primes up to " limit-number
    stop run.
