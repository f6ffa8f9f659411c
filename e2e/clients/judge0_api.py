"""judge0api (PyPI) against the server whose address is the first argument, with an API key, or an empty text, as the second. Prints what it got as JSON."""

import json
import sys

import judge0api

endpoint, key = sys.argv[1], sys.argv[2] or None


def shown(submission):
    return {
        "token": submission.token,
        "status": submission.status,
        "stdout": submission["stdout"],
        "time": submission.time,
        "memory": submission.memory,
    }


client = judge0api.Client(endpoint, auth_token=key, auth_user=key)
waited = judge0api.submission.submit(client, b"print(input()[::-1])", 71, stdin=b"abc", expected_output=b"cba")
fetched = judge0api.submission.get(client, waited.token)
client.wait = False
later = judge0api.submission.submit(client, b"print(1)", 71, number_of_runs=2)
while not later.status or later.status["id"] <= 2:
    later.load(client)
print(json.dumps({"waited": shown(waited), "fetched": shown(fetched), "later": shown(later)}))
