proc greet {name} {
    return "Hello, $name!"
}

while {[gets stdin name] >= 0} {
    puts [greet $name]
    puts "Backwards: [string reverse $name]"

    # Everything is a string, also a list or, as here, a dictionary.
    set counts {}
    foreach letter [split [string tolower $name] ""] {
        dict incr counts $letter
    }
    set letters [lmap {letter count} [lsort -stride 2 $counts] {string cat $letter $count}]
    puts "Letters: [join $letters]"
}
