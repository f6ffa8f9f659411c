"""judge0-client (PyPI) against the server whose address is the first argument. Prints what it got as JSON."""

import asyncio
import json
import sys

from judge0_client import Judge0Client
from judge0_client.models.multi_file_submission import MultiFileSubmission
from judge0_client.models.single_file_submission import SingleFileSubmission


async def ended(client, request):
    token = (await client.create_submission(request)).token
    while True:
        detail = await client.get_submission(token)
        if detail.status.id > 2:
            return detail.model_dump(mode="json")
        await asyncio.sleep(0.1)


async def main():
    async with Judge0Client(sys.argv[1]) as client:
        single = SingleFileSubmission(source_code="print(open('data.txt').read())", language_id=71, additional_files={"data.txt": "here"})
        multi = MultiFileSubmission(
            additional_files={"compile": "echo made > made.txt", "run": "cat made.txt; cat", "notes.txt": "x"}, stdin="typed"
        )
        broken = MultiFileSubmission(additional_files={"compile": "echo no; exit 2", "run": "echo never"})
        print(
            json.dumps(
                {
                    "single": await ended(client, single),
                    "multi": await ended(client, multi),
                    "broken": await ended(client, broken),
                    "workers": [worker.model_dump() for worker in await client.get_workers()],
                    "about": (await client.get_about()).model_dump(),
                    "isolate": await client.get_isolate(),
                    "license": await client.get_license(),
                }
            )
        )


asyncio.run(main())
