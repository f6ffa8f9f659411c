SIZE = 8


def place(row, columns):
    """All ways to go on when the queens of the rows above stand in these columns."""
    if row == SIZE:
        yield columns
        return
    for column in range(SIZE):
        free = all(
            column != other and abs(column - other) != row - above
            for above, other in enumerate(columns)
        )
        if free:
            yield from place(row + 1, [*columns, column])


solutions = list(place(0, []))
for column in solutions[0]:
    print(" ".join("Q" if column == at else "." for at in range(SIZE)))
print(len(solutions), "solutions")
