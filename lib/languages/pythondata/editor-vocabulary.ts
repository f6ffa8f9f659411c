import type { Vocabulary } from "../editor";
import { VOCABULARY as PYTHON } from "../python/editor-vocabulary";

export const VOCABULARY: Vocabulary = {
  keywords: PYTHON.keywords,
  library: [
    ...PYTHON.library,
    ..."numpy pandas matplotlib scipy sympy sklearn pyplot array arange linspace zeros ones eye reshape random default_rng mean median std sum cumsum argmax argsort unique where concatenate dot linalg solve DataFrame Series read_csv to_csv groupby merge pivot_table value_counts describe head tail iloc loc sort_values fillna dropna plot scatter hist bar subplots figure xlabel ylabel title legend grid show savefig symbols diff integrate simplify factor expand Eq LinearRegression KMeans train_test_split StandardScaler fit predict score optimize stats interpolate".split(
      " ",
    ),
  ],
  snippets: [
    ...PYTHON.snippets,
    {
      label: "np",
      detail: "the usual names of the libraries",
      body: "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\n",
    },
    {
      label: "figure",
      detail: "a figure, shown beside the output",
      body: 'figure, axes = plt.subplots()\naxes.plot(${1:x}, ${2:y}, label="${3:name}")\naxes.legend()\nplt.show()\n',
    },
    {
      label: "table",
      detail: "a table from the input, with a line of names",
      body: "${1:table} = pd.read_csv(sys.stdin)\nprint(${1:table}.describe())\n",
    },
  ],
};
