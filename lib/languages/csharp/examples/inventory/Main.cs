using System;
using System.Collections.Generic;
using System.Linq;

class Item
{
    public string Name { get; }
    public int Count { get; }
    public decimal Price { get; }

    public Item(string name, int count, decimal price)
    {
        Name = name;
        Count = count;
        Price = price;
    }

    public decimal Value => Count * Price;
}

class Program
{
    static (Item Dearest, decimal Total) Look(IReadOnlyList<Item> items)
    {
        return (items.OrderByDescending(item => item.Value).First(), items.Sum(item => item.Value));
    }

    static void Main()
    {
        var items = new List<Item>
        {
            new Item("hourglass", 3, 12.50m),
            new Item("bucket", 12, 2.25m),
            new Item("spade", 4, 7.80m),
        };

        foreach (var item in items)
        {
            Console.WriteLine($"{item.Name,-10} {item.Count,3} {item.Value,7:F2}");
        }
        var (dearest, total) = Look(items);
        Console.WriteLine($"total          {total,7:F2}");
        Console.WriteLine($"Most is in: {dearest.Name}.");
    }
}
