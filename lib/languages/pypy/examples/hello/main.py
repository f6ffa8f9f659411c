import sys


def greet(name: str) -> str:
    return f"Hello, {name}!"


for line in sys.stdin:
    print(greet(line.strip()))
