HEIGHT, WIDTH = 6, 12
STEPS = 4


def step(alive):
    """The next generation. The world has no edge: it goes on at the other side."""
    neighbours = {}
    for y, x in alive:
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                if dy or dx:
                    place = ((y + dy) % HEIGHT, (x + dx) % WIDTH)
                    neighbours[place] = neighbours.get(place, 0) + 1
    return {place for place, n in neighbours.items() if n == 3 or (n == 2 and place in alive)}


alive = {(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)}
for number in range(STEPS + 1):
    print("Step", number)
    for y in range(HEIGHT):
        print("".join("#" if (y, x) in alive else "." for x in range(WIDTH)))
    alive = step(alive)
