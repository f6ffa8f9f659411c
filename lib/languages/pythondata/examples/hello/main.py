import matplotlib.pyplot as plt
import numpy as np

numbers = np.array(input().split(), dtype=float)

print(f"{numbers.size} numbers, mean {numbers.mean():.3f}, deviation {numbers.std():.3f}")
print("sorted:", np.sort(numbers).astype(int))
print("above the mean:", numbers[numbers > numbers.mean()].astype(int))

plt.bar(range(numbers.size), numbers)
plt.axhline(numbers.mean(), color="firebrick")
plt.show()
