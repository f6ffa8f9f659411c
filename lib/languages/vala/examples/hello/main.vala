string greet(string name) {
    return @"Hello, $name!";
}

void main() {
    string? line;
    while ((line = stdin.read_line()) != null) {
        print("%s\n", greet(line));
    }
}
