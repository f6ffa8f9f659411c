# Whatever is no letter stands between two words.
BEGIN { FS = "[^a-z]+" }

{
    $0 = tolower($0)
    for (i = 1; i <= NF; i++) if ($i != "") count[$i]++
}

# The order in which `for` goes through an array: by count, the highest first, then by the alphabet.
function by_count(word1, count1, word2, count2) {
    if (count1 != count2) return count2 - count1
    return word1 < word2 ? -1 : 1
}

END {
    PROCINFO["sorted_in"] = "by_count"
    for (word in count) {
        printf "%3d %s\n", count[word], word
        if (++shown == 5) break
    }
}
