greet() {
  printf 'Hello, %s!\n' "$1"
}

while IFS= read -r name; do
  greet "$name"
done
