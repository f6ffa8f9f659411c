# Counts the living neighbours of a place. The world has no edge: it goes on at the other side.
function neighbours(y, x,    dy, dx, count) {
    for (dy = -1; dy <= 1; dy++)
        for (dx = -1; dx <= 1; dx++)
            if (dy != 0 || dx != 0)
                count += (((y + dy + height) % height, (x + dx + width) % width) in alive)
    return count
}

function step(    y, x, n, next_alive, place) {
    for (y = 0; y < height; y++)
        for (x = 0; x < width; x++) {
            n = neighbours(y, x)
            if (n == 3 || (n == 2 && (y, x) in alive)) next_alive[y, x] = 1
        }
    delete alive
    for (place in next_alive) alive[place] = 1
}

function show(    y, x) {
    for (y = 0; y < height; y++) {
        for (x = 0; x < width; x++) printf("%s", ((y, x) in alive) ? "#" : ".")
        print ""
    }
}

BEGIN {
    height = 6
    width = 12
    alive[0, 1] = alive[1, 2] = alive[2, 0] = alive[2, 1] = alive[2, 2] = 1
    for (number = 0; number <= 4; number++) {
        print "Step", number
        show()
        step()
    }
}
