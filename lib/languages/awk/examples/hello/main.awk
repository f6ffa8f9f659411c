# What stands in braces is done for each line of the input.
{
    print "Hello, " $0 "!"

    backwards = ""
    delete count
    for (i = 1; i <= length($0); i++) {
        letter = substr($0, i, 1)
        backwards = letter backwards
        count[tolower(letter)]++
    }
    print "Backwards: " backwards

    PROCINFO["sorted_in"] = "@ind_str_asc"
    printf "Letters:"
    for (letter in count) printf " %s%d", letter, count[letter]
    print ""
}
