set counts {}
foreach word [regexp -all -inline {[a-z]+} [string tolower [read stdin]]] {
    dict incr counts $word
}

# Sorted twice: words of the same count stay in the order of the alphabet.
set words [lsort -stride 2 -index 1 -integer -decreasing [lsort -stride 2 $counts]]
foreach {word count} [lrange $words 0 9] {
    puts [format "%3d %s" $count $word]
}
