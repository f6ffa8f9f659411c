import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(0, 2 * np.pi, 201)
figure, axes = plt.subplots(figsize=(6, 3))
for waves in 1, 2, 3:
    axes.plot(x, np.sin(waves * x) / waves, label=f"{waves} in all")
axes.axhline(0, color="lightgrey")
axes.set_title("Waves")
axes.legend()

# Saves each figure as a picture in $OUTPUT_DIR; the page shows it beside the output.
plt.show()

area = np.trapezoid(np.abs(np.sin(x)), x)
print(f"Area between the first wave and the axis: {area:.3f}")
