import sys

import pandas as pd

sales = pd.read_csv(sys.stdin)
sales["income"] = sales["pieces"] * sales["price"]

for city, income in sales.groupby("city")["income"].sum().items():
    print(f"{city:8}{income:10.2f}")

best = sales.loc[sales["income"].idxmax()]
print(f"Most of it: {best['product']} in {best['city']}")

print()
print(sales.groupby("product")["pieces"].sum().sort_values(ascending=False).to_string())
