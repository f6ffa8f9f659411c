import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

const OWN_SERVER = `const http = require("node:http");
const os = require("node:os");
const server = http.createServer((_, response) => response.end("served")).listen(0, () => {
  http.get("http://localhost:" + server.address().port, (response) => {
    response.on("data", (data) => console.log(String(data))).on("end", () => server.close());
  });
});
const { username, homedir, uid } = os.userInfo();
console.log(username, homedir, uid === process.getuid(), os.hostname());`;

const LOOK_UPS = `import getpass, grp, os, pathlib, pwd, socket
user = pwd.getpwuid(os.getuid())
print(user.pw_name, user.pw_dir, user.pw_uid == os.getuid(), user.pw_shell)
print(grp.getgrgid(os.getgid()).gr_name, pwd.getpwnam("sandbox") == user, pwd.getpwuid(0).pw_name)
os.environ.clear()
print(getpass.getuser(), pathlib.Path.home(), os.path.expanduser("~sandbox"))
print(socket.gethostbyname("localhost"), socket.gethostbyname(socket.gethostname()).startswith("127."))
servers = [socket.create_server(("localhost", 0))]
try: servers.append(socket.create_server(("::1", 0), family=socket.AF_INET6))
except OSError: pass  # No IPv6 here.
print(all(socket.create_connection(("localhost", server.getsockname()[1])) for server in servers))`;

const OTHERS = `try { await require("node:dns").promises.lookup("example.com"); } catch (error) { console.log(error.code); }
require("node:http").get("http://example.com").on("error", (error) => console.log(error.code));`;

/** What a program finds when it looks up names: its user and home, and hosts. */
export function namesSuite(wall: Wall): void {
  describe(`${wall.name}: names`, () => {
    const sandbox = testSandbox(wall.options);

    test("a server is reached as localhost, and Node knows its user", async () => {
      const ran = await sandbox.run("javascript", OWN_SERVER);
      assert.deepEqual([ran.status, ran.stderr], ["success", ""]);
      assert.equal(ran.stdout, "sandbox /tmp true sandbox\nserved\n");
    });

    test("the user is sandbox with /tmp as its home, whatever its id, and localhost has its addresses", async () => {
      const ran = await sandbox.run("python", LOOK_UPS);
      assert.deepEqual(
        ran.stdout.split("\n"),
        [
          ...["sandbox /tmp True /bin/sh", "sandbox True root", "sandbox /tmp /tmp"],
          ...["127.0.0.1 True", "True", ""],
        ],
        ran.stderr,
      );
    });

    test("programs that read the list of users themselves find the same", async () => {
      const code = `whoami; id -un; id -gn; find /tmp/work -maxdepth 0 -printf '%u %g\n'
while IFS=: read -r name _ uid _ _ home _; do [ "$uid" = "$(id -u)" ] && echo "$name $home"; done </etc/passwd`;
      const ran = await sandbox.run("bash", code);
      assert.equal(ran.stdout, "sandbox\nsandbox\nsandbox\nsandbox sandbox\nsandbox /tmp\n", ran.stderr);
    });

    test("a name of the world is unknown, at once and for good", async () => {
      const ran = await sandbox.run("javascript", `(async () => { ${OTHERS} })();`);
      assert.equal(ran.stdout, "ENOTFOUND\nENOTFOUND\n", ran.stderr);
    });

    test("a program that writes itself into the list of users is who it was", async () => {
      const code = `me=$(id -u)
rm -f /run/quicksand/passwd; echo "root:x:$me:0:root:/root:/bin/sh" >/run/quicksand/passwd
whoami; [ "$(id -u)" = "$me" ] && echo same
cat /etc/shadow 2>/dev/null || echo closed
echo x 2>/dev/null >/etc/passwd.new || echo "nothing else"
head -c 100000 /dev/zero >/run/quicksand/group.new 2>/dev/null || echo full`;
      const ran = await sandbox.run("bash", code);
      assert.equal(ran.stdout, "root\nsame\nclosed\nnothing else\nfull\n");
      assert.equal((await sandbox.run("bash", "whoami")).stdout, "sandbox\n");
    });
  });
}
