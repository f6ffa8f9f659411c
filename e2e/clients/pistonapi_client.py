"""PyPI's pistonapi against the server at the given address; prints what it was answered as JSON."""

import json
import sys

from pistonapi import PistonAPI
from pistonapi.exceptions import PistonError

client = PistonAPI(f"{sys.argv[1]}/api/v2/piston")
languages = client.languages
try:
    # It sends a form, which Piston 3 refuses, and so do we.
    refused = client.execute("python", "*", "print(1)")
except PistonError as error:
    refused = str(error)
print(json.dumps({"python": languages["python"], "refused": refused}))
