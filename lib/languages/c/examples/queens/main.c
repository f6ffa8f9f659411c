#include <stdio.h>
#include <stdlib.h>

enum { SIZE = 8 };

static int columns[SIZE];
static int solutions;

/* Goes on from the rows above this one, whose queens stand in `columns`. */
static void place(int row) {
    if (row == SIZE) {
        if (solutions++ > 0) return;
        for (int y = 0; y < SIZE; y++)
            for (int x = 0; x < SIZE; x++)
                printf("%c%c", columns[y] == x ? 'Q' : '.', x == SIZE - 1 ? '\n' : ' ');
        return;
    }
    for (int column = 0; column < SIZE; column++) {
        int above = 0;
        while (above < row && columns[above] != column && abs(columns[above] - column) != row - above) above++;
        if (above < row) continue;
        columns[row] = column;
        place(row + 1);
    }
}

int main(void) {
    place(0);
    printf("%d solutions\n", solutions);
}
