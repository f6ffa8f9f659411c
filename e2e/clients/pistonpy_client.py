"""PyPI's pistonpy against the server at the given address; prints what it was answered as JSON."""

import json
import sys

from pistonpy import PistonApp, models

base = f"{sys.argv[1]}/api/v2/piston"


# It has no setting for the address, so it is replaced where it is set.
class Output(models.GetOutput):
    def __init__(self, payload):
        super().__init__(payload)
        self._endpoint = f"{base}/execute"


import pistonpy.pistonapp

pistonpy.pistonapp.GetOutput = Output
app = PistonApp()
app._endpoint = base
print(
    json.dumps(
        {
            "versions": app.languages,
            "aliases": app.aliases["python"],
            "ran": app.run(language="python", code="print(input())", input="typed"),
        }
    )
)
