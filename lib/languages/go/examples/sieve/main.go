package main

import "fmt"

// count sends 2, 3, 4, … until the program ends.
func count(numbers chan<- int) {
	for number := 2; ; number++ {
		numbers <- number
	}
}

// filter passes on what prime does not divide.
func filter(from <-chan int, to chan<- int, prime int) {
	for number := range from {
		if number%prime != 0 {
			to <- number
		}
	}
}

// Each prime that is found puts a goroutine of its own into the chain.
func main() {
	numbers := make(chan int)
	go count(numbers)
	for range 10 {
		prime := <-numbers
		fmt.Println(prime)
		next := make(chan int)
		go filter(numbers, next, prime)
		numbers = next
	}
}
