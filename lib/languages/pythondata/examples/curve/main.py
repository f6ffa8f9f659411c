from sympy import diff, factor, integrate, solve, symbols

x = symbols("x")
curve = x**3 - 6 * x**2 + 9 * x
slope = diff(curve, x)

print("curve: ", factor(curve))
print("slope: ", slope)
for place in solve(slope, x):
    kind = "lowest" if slope.diff(x).subs(x, place) > 0 else "highest"
    print(f"{kind} at {place}: {curve.subs(x, place)}")

zeros = solve(curve, x)
print("zeros: ", zeros)
print("area:  ", integrate(curve, (x, min(zeros), max(zeros))))
