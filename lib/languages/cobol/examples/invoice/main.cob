identification division.
program-id. invoice.

data division.
working-storage section.
01 entry-line       pic x(60).
01 article          pic x(14).
01 pieces           pic x(6).
01 price            pic x(8).
01 amount           pic 9(7)v99.
01 total-amount     pic 9(7)v99 value 0.
01 shown            pic z,zzz,zz9.99.

procedure division.
    perform next-line
    perform until entry-line = "end" or spaces
        unstring entry-line delimited by "," into article pieces price
        compute amount rounded = function numval(pieces) * function numval(price)
        add amount to total-amount
        move amount to shown
        display article shown
        perform next-line
    end-perform

    move "In all" to article
    move total-amount to shown
    display article shown
    stop run.

next-line.
    move spaces to entry-line
    accept entry-line.
