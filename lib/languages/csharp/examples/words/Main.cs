using System;
using System.Linq;
using System.Text.RegularExpressions;

class Program
{
    static void Main()
    {
        var text = Console.In.ReadToEnd().ToLower();
        var words =
            from Match match in Regex.Matches(text, "[a-z]+")
            group match by match.Value into same
            orderby same.Count() descending, same.Key
            select $"{same.Count(),3} {same.Key}";

        foreach (var word in words.Take(5))
        {
            Console.WriteLine(word);
        }
    }
}
