package main

import (
	"fmt"
	"iter"
)

const size = 8

// free tells whether a queen in this column of the next row is attacked by none of the rows above.
func free(columns []int, column int) bool {
	for row, other := range columns {
		distance := len(columns) - row
		if column == other || column-other == distance || other-column == distance {
			return false
		}
	}
	return true
}

// place goes through all ways to go on when the queens of the rows above stand in these columns.
func place(columns []int) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		if len(columns) == size {
			yield(columns)
			return
		}
		for column := range size {
			if !free(columns, column) {
				continue
			}
			for solution := range place(append(columns, column)) {
				if !yield(solution) {
					return
				}
			}
		}
	}
}

func main() {
	solutions := 0
	for columns := range place(nil) {
		if solutions++; solutions > 1 {
			continue
		}
		for _, queen := range columns {
			for column := range size {
				if column > 0 {
					fmt.Print(" ")
				}
				if column == queen {
					fmt.Print("Q")
				} else {
					fmt.Print(".")
				}
			}
			fmt.Println()
		}
	}
	fmt.Println(solutions, "solutions")
}
