import sys

import numpy as np
from sklearn.linear_model import LinearRegression

hours, points = np.loadtxt(sys.stdin, unpack=True)
model = LinearRegression().fit(hours[:, np.newaxis], points)

print(f"points = {model.coef_[0]:.2f} · hours + {model.intercept_:.2f}")
print(f"R² = {model.score(hours[:, np.newaxis], points):.3f}")
for more in 6, 10:
    print(f"{more:2} hours: {model.predict([[more]])[0]:5.2f} points")
