using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    const int Height = 6, Width = 12, Steps = 4;

    static IEnumerable<(int Y, int X)> Around((int Y, int X) place)
    {
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                // The world has no edge: it goes on at the other side.
                if (dy != 0 || dx != 0)
                    yield return ((place.Y + dy + Height) % Height, (place.X + dx + Width) % Width);
            }
        }
    }

    static HashSet<(int Y, int X)> Step(HashSet<(int Y, int X)> alive)
    {
        var next = alive
            .SelectMany(place => Around(place))
            .GroupBy(place => place)
            .Where(same => same.Count() == 3 || (same.Count() == 2 && alive.Contains(same.Key)))
            .Select(same => same.Key);
        return new HashSet<(int Y, int X)>(next);
    }

    static void Main()
    {
        var alive = new HashSet<(int Y, int X)> { (0, 1), (1, 2), (2, 0), (2, 1), (2, 2) };
        for (int number = 0; number <= Steps; number++)
        {
            Console.WriteLine($"Step {number}");
            for (int y = 0; y < Height; y++)
            {
                var row = Enumerable.Range(0, Width).Select(x => alive.Contains((y, x)) ? '#' : '.');
                Console.WriteLine(string.Concat(row));
            }
            alive = Step(alive);
        }
    }
}
