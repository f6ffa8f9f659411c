import std.stdio, std.string;

string greeting(in char[] name)
{
    return format!"Hello, %s!"(name);
}

void main()
{
    foreach (line; stdin.byLine)
        writeln(line.strip.greeting);
}
