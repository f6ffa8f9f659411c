# A world that has no edge: it goes on at the other side.
oo::class create World {
    variable rows height width

    constructor {given} {
        set rows [lmap line $given {split $line ""}]
        set height [llength $rows]
        set width [llength [lindex $rows 0]]
    }

    method neighbours {y x} {
        set count 0
        foreach {dy dx} {-1 -1 -1 0 -1 1 0 -1 0 1 1 -1 1 0 1 1} {
            set place [lindex $rows [expr {($y + $dy) % $height}] [expr {($x + $dx) % $width}]]
            if {$place eq "#"} {incr count}
        }
        return $count
    }

    method step {} {
        set next {}
        for {set y 0} {$y < $height} {incr y} {
            set row {}
            for {set x 0} {$x < $width} {incr x} {
                switch [my neighbours $y $x] {
                    2 {lappend row [lindex $rows $y $x]}
                    3 {lappend row #}
                    default {lappend row .}
                }
            }
            lappend next $row
        }
        set rows $next
    }

    method show {} {
        foreach row $rows {
            puts [join $row ""]
        }
    }
}

set world [World new {
    .#.......... ..#......... ###......... ............ ............ ............
}]
for {set number 0} {$number <= 4} {incr number} {
    puts "Step $number"
    $world show
    $world step
}
