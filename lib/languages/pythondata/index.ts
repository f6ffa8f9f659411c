import type { Language } from "../language";

export const pythondata: Language = {
  id: "pythondata",
  name: "Python for data",
  version: "3.13",
  versionCommand: ["python3", "--version"],
  aliases: ["python-data", "python-sci", "python-ml", "numpy", "pandas", "matplotlib"],
  extension: "py",
  mainFile: "main.py",
  editor: "python",
  image: { folder: "pythondata" },
  packages: {
    names: [
      "numpy",
      "pandas",
      "matplotlib",
      "scipy",
      "sympy",
      "sklearn",
      "sortedcontainers",
      "more_itertools",
      "toolz",
      "regex",
      "dateutil",
      "gmpy2",
      "pytest",
    ],
    megabytes: 431,
  },
  core: false,
  run: ({ ownImage }) => (ownImage ? ["python3", "main.py"] : ["python3", "-u", "main.py"]),
  repl: ["python3"],
  flushesOnSignal: true,
  // Black has one indent only.
  format: () => ["black", "--quiet", "-"],
  // No cell forks it: the end of a program that has imported sympy, scipy or sklearn writes to every page that it shares with the interpreter
  // before it, and a guest's memory has no room for both (134 of 128 MB, after all of the output).
  standby: ["python3", "-X", "standby", "main.py"],
  env: {
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUTF8: "1",
    // Libraries would start a thread for each of the host's processors, of which the sandbox has a share of one.
    OPENBLAS_NUM_THREADS: "1",
    OMP_NUM_THREADS: "1",
    LOKY_MAX_CPU_COUNT: "1",
    // Without shared memory, which the sandbox does not have, joblib would warn at every start.
    JOBLIB_MULTIPROCESSING: "0",
    // The first is made by sitecustomize.py, with the list of fonts in it; the second is figures.py: both beside this file.
    MPLCONFIGDIR: "/tmp/.matplotlib",
    MPLBACKEND: "module://quicksand_figures",
  },
};
