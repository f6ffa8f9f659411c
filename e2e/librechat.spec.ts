import { expect, test } from "@playwright/test";

// LibreChat's code interpreter API, as LibreChat and its agents ask it.

interface Executed {
  run: { stdout: string; stderr: string; code: number };
  session_id: string;
  files: { id: string; name: string }[];
  stdout: string;
}

test("a file is uploaded, changed by a program, downloaded, and read by the next program", async ({
  request,
}) => {
  // A guest is known again by a cookie; LibreChat has a key instead.
  await request.get("/api/usage");
  const file = { name: "data.csv", mimeType: "text/csv", buffer: Buffer.from("1,2\n3,4\n") };
  const uploaded = await request.post("/v1/upload", { multipart: { entity_id: "agent", file } });
  const { session_id: session, files } = (await uploaded.json()) as {
    session_id: string;
    files: { fileId: string; filename: string }[];
  };
  const code = [
    "import os",
    "rows = [line.split(',') for line in open('data.csv')]",
    "out = os.environ['OUTPUT_DIR']",
    "open(out + '/sums.txt', 'w').write('\\n'.join(str(sum(map(int, row))) for row in rows))",
    "open(out + '/bytes.bin', 'wb').write(bytes(range(256)))",
    "print(len(rows))",
  ].join("\n");
  const given = files.map(({ fileId: id, filename: name }) => ({ id, session_id: session, name }));
  const first = (await (
    await request.post("/v1/exec", { data: { lang: "py", code, files: given } })
  ).json()) as Executed;
  expect(first.run).toMatchObject({ stdout: "2\n", stderr: "", code: 0 });
  expect(first.files.map(({ name }) => name).sort()).toEqual(["bytes.bin", "sums.txt"]);

  const bytes = first.files.find(({ name }) => name === "bytes.bin");
  const downloaded = await request.get(`/v1/download/${first.session_id}/${bytes?.id}`);
  expect(await downloaded.body()).toEqual(Buffer.from(Array.from({ length: 256 }, (_, n) => n)));

  const made = first.files.map((each) => ({ ...each, session_id: first.session_id }));
  const next = (await (
    await request.post("/v1/exec", {
      data: { lang: "py", code: "print(open('sums.txt').read())", files: made },
    })
  ).json()) as Executed;
  expect(next.stdout).toBe("3\n7\n");
  expect(next.run.stderr).toBe("bytes.bin was not given to the program: it is not text in UTF-8.\n");

  const gone = await request.delete(`/v1/files/${first.session_id}/${bytes?.id}`);
  expect(gone.ok()).toBe(true);
  const left = (await (await request.get(`/v1/files/${first.session_id}?detail=full`)).json()) as {
    metadata: Record<string, string>;
  }[];
  expect(left.map(({ metadata }) => metadata["original-filename"])).toEqual(["sums.txt"]);
});
