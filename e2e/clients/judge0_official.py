"""The official SDK (PyPI: judge0) against the server whose address is the first argument. Prints what it got as JSON."""

import json
import sys

import judge0


def shown(submission):
    return {
        "token": str(submission.token),
        "status": submission.status.value,
        "stdout": submission.stdout,
        "stderr": submission.stderr,
        "compile_output": submission.compile_output,
        "message": submission.message,
        "time": submission.time,
        "memory": submission.memory,
        "exit_code": submission.exit_code,
        "expected_output": submission.expected_output,
        "created": submission.created_at.isoformat(),
    }


client = judge0.Client(endpoint=sys.argv[1])
run = lambda **fields: shown(judge0.run(client=client, **fields))

cases = judge0.run(
    client=client,
    source_code="name = input()\nprint(f'Hello, {name}!')",
    language=judge0.PYTHON,
    test_cases=[("tobi", "Hello, tobi!"), ("herman", "Hello, nobody!")],
)
files = judge0.Filesystem(content=[judge0.File(name="lib/words.py", content="WORD = 'from a file'\n")])
print(
    json.dumps(
        {
            "version": client.version,
            "wall_time_limit": client.config.wall_time_limit,
            "languages": sorted(language.id for language in client.languages),
            "hello": run(source_code="print('hällo')", language=judge0.PYTHON),
            "cases": [shown(each) for each in cases],
            "files": run(
                source_code="from lib.words import WORD\nprint(WORD)",
                language=judge0.PYTHON,
                additional_files=files,
            ),
            "exit": run(source_code="exit(3)", language=judge0.PYTHON),
            "time": run(source_code="while True: pass", language=judge0.PYTHON, cpu_time_limit=0.5, cpu_extra_time=0),
            "arguments": run(
                source_code="import sys; print(sys.argv[1:])",
                language=judge0.PYTHON,
                command_line_arguments="a 'b c' $HOME",
            ),
            "bytes": run(source_code="import sys; sys.stdout.buffer.write(b'\\xff\\n')", language=judge0.PYTHON),
        }
    )
)
