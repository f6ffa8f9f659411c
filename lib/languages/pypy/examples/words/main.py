import re
import sys
from collections import Counter

words = Counter(re.findall(r"[a-z]+", sys.stdin.read().lower()))
for word, count in sorted(words.items(), key=lambda one: (-one[1], one[0]))[:5]:
    print(f"{count:3} {word}")
