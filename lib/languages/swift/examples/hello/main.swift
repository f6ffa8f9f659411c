func greet(_ name: String) -> String {
    "Hello, \(name)!"
}

while let line = readLine() {
    print(greet(line))
}
