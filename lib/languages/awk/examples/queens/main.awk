# Goes on from a row; the queens of the rows above stand in `columns`. Further names after a gap are local variables.
function place(row,    column) {
    if (row == size) {
        if (solutions++ == 0) show()
        return
    }
    for (column = 0; column < size; column++) {
        if (is_free(row, column)) {
            columns[row] = column
            place(row + 1)
        }
    }
}

function is_free(row, column,    above, apart) {
    for (above = 0; above < row; above++) {
        apart = columns[above] - column
        if (apart == 0 || apart == row - above || apart == above - row) return 0
    }
    return 1
}

function show(    row, x) {
    for (row = 0; row < size; row++)
        for (x = 0; x < size; x++)
            printf "%s%s", columns[row] == x ? "Q" : ".", x < size - 1 ? " " : "\n"
}

BEGIN {
    size = 8
    place(0)
    print solutions, "solutions"
}
