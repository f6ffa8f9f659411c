using Gee;

void main() {
    var counts = new HashMap<string, int>();
    string? line;
    while ((line = stdin.read_line()) != null) {
        foreach (var word in line.down().split_set(" ,.;:?!")) {
            if (word == "") continue;
            counts[word] = counts.has_key(word) ? counts[word] + 1 : 1;
        }
    }

    var words = new ArrayList<string>();
    words.add_all(counts.keys);
    words.sort((a, b) => counts[a] != counts[b] ? counts[b] - counts[a] : strcmp(a, b));
    for (int i = 0; i < words.size && i < 5; i++) {
        print("%3d %s\n", counts[words[i]], words[i]);
    }
}
