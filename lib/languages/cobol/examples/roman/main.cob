identification division.
program-id. roman.

data division.
working-storage section.
01 numeral-words.
    05 filler       pic x(24) value "1000M 0900CM0500D 0400CD".
    05 filler       pic x(24) value "0100C 0090XC0050L 0040XL".
    05 filler       pic x(24) value "0010X 0009IX0005V 0004IV".
    05 filler       pic x(6)  value "0001I ".
01 numerals redefines numeral-words.
    05 numeral      occurs 13 times.
        10 worth    pic 9(4).
        10 letters  pic x(2).
01 entry-line       pic x(20).
01 number-left      pic 9(4).
01 roman            pic x(20).
01 place            pic 99.
01 i                pic 99.

procedure division.
    perform next-line
    perform until entry-line = "end" or spaces
        compute number-left = function numval(entry-line)
        move spaces to roman
        move 1 to place
        perform varying i from 1 by 1 until i > 13
            perform until number-left < worth(i)
                string letters(i) delimited by space into roman with pointer place
                subtract worth(i) from number-left
            end-perform
        end-perform
        display function trim(entry-line) " is " function trim(roman)
        perform next-line
    end-perform
    stop run.

next-line.
    move spaces to entry-line
    accept entry-line.
