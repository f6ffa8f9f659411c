import std.algorithm : filter, sort, splitter;
import std.array : array;
import std.ascii : isAlpha;
import std.range : take;
import std.stdio;
import std.string : toLower;

void main()
{
    int[string] counts;
    foreach (line; stdin.byLineCopy)
        foreach (word; line.toLower.splitter!(sign => !sign.isAlpha).filter!(word => word.length > 0))
            counts[word]++;

    auto sorted = counts.byKeyValue.array
        .sort!((a, b) => a.value != b.value ? a.value > b.value : a.key < b.key);
    foreach (word; sorted.take(5))
        writefln("%3d %s", word.value, word.key);
}
