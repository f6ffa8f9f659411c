identification division.
program-id. hello.

data division.
working-storage section.
01 visitor          pic x(60).

procedure division.
    accept visitor
    display "Hello, " function trim(visitor) "!"
    stop run.
