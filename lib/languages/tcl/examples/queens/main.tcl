set size 8

# All ways to go on when the queens of the rows above stand in these columns.
proc place {columns} {
    global size
    set row [llength $columns]
    if {$row == $size} {
        return [list $columns]
    }
    set solutions {}
    for {set column 0} {$column < $size} {incr column} {
        if {[is_free $columns $column]} {
            lappend solutions {*}[place [list {*}$columns $column]]
        }
    }
    return $solutions
}

proc is_free {columns column} {
    set distance [llength $columns]
    foreach other $columns {
        set apart [expr {abs($column - $other)}]
        if {$apart == 0 || $apart == $distance} {
            return false
        }
        incr distance -1
    }
    return true
}

set solutions [place {}]
foreach column [lindex $solutions 0] {
    puts [join [lreplace [lrepeat $size .] $column $column Q]]
}
puts "[llength $solutions] solutions"
