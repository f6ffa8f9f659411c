using System;

class Program
{
    static string Greet(string name) => $"Hello, {name}!";

    static void Main()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            Console.WriteLine(Greet(line.Trim()));
        }
    }
}
