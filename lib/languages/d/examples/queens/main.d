import std.algorithm : map;
import std.array : join;
import std.math : abs;
import std.range : iota;
import std.stdio;

enum size = 8;

int[size] columns;
int solutions;

/// Goes on from this row; the queens of the rows above stand in `columns`.
void place(int row)
{
    if (row == size)
    {
        if (solutions++ == 0)
            show();
        return;
    }
    foreach (column; 0 .. size)
    {
        if (!isFree(row, column))
            continue;
        columns[row] = column;
        place(row + 1);
    }
}

bool isFree(int row, int column)
{
    foreach (above; 0 .. row)
    {
        const apart = abs(columns[above] - column);
        if (apart == 0 || apart == row - above)
            return false;
    }
    return true;
}

void show()
{
    foreach (column; columns)
        writeln(iota(size).map!(x => x == column ? "Q" : ".").join(" "));
}

void main()
{
    place(0);
    writeln(solutions, " solutions");
}
