package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}

	counts := map[string]int{}
	for _, word := range regexp.MustCompile(`[a-z]+`).FindAllString(strings.ToLower(string(text)), -1) {
		counts[word]++
	}

	words := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
	for _, word := range words[:min(5, len(words))] {
		fmt.Printf("%3d %s\n", counts[word], word)
	}
}
