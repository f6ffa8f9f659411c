import std.stdio;

enum height = 6, width = 12, steps = 4;

alias World = bool[width][height];

/// The next generation. The world has no edge: it goes on at the other side.
World next(ref const World world)
{
    World after;
    foreach (y; 0 .. height)
        foreach (x; 0 .. width)
        {
            int neighbours;
            foreach (dy; -1 .. 2)
                foreach (dx; -1 .. 2)
                    if (dy || dx)
                        neighbours += world[(y + dy + height) % height][(x + dx + width) % width];
            after[y][x] = neighbours == 3 || (neighbours == 2 && world[y][x]);
        }
    return after;
}

void main()
{
    World world;
    world[0][1] = world[1][2] = world[2][0] = world[2][1] = world[2][2] = true;
    foreach (number; 0 .. steps + 1)
    {
        writeln("Step ", number);
        foreach (row; world)
        {
            foreach (alive; row)
                write(alive ? '#' : '.');
            writeln;
        }
        world = next(world);
    }
}
