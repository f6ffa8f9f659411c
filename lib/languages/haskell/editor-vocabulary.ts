import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "case class data deriving do else forall if import in infixl infixr instance let module newtype of qualified then type where".split(
      " ",
    ),
  library:
    "Bool Char Double Either Eq False Float Functor Applicative Monad Monoid Semigroup Foldable Traversable IO Int Integer Just Left Maybe Nothing Num Ord Ordering Rational Read Right Show String True Data.Char Data.List Data.Map.Strict Data.Set Data.Maybe Data.IORef Data.Bits Data.Array Control.Monad Control.Monad.State Control.Exception System.IO Text.Printf Text.Read abs all and any break catch ceiling compare concat concatMap const curry cycle div drop dropWhile elem either error even filter flip floor fmap foldl foldr foldMap forM_ fromIntegral fst gcd getContents getLine head id init interact isAlpha isDigit isSpace iterate last length lines lookup map mapM_ max maximum maybe min minimum mod negate not null odd or otherwise print printf product pure putStr putStrLn quot read readMaybe rem repeat replicate replicateM return reverse round scanl sequence show snd sort sortBy sortOn span splitAt sqrt sum tail take takeWhile toLower toUpper traverse truncate uncurry unlines unwords unzip when words zip zipWith hFlush hSetBuffering stdout insertWith fromListWith toList".split(
      " ",
    ),
  snippets: [
    { label: "main", detail: "a main action", body: "main :: IO ()\nmain = do\n\t$0" },
    { label: "fn", detail: "a function", body: "${1:name} :: ${2:Int -> Int}\n${1:name} ${3:x} = $0" },
    {
      label: "case",
      detail: "choose by a pattern",
      body: "case ${1:value} of\n\t${2:pattern} -> ${3:result}\n\t_ -> $0",
    },
    {
      label: "data",
      detail: "a data type",
      body: "data ${1:Name}\n\t= ${2:First}\n\t| ${3:Second}\n\tderiving (Eq, Show)",
    },
    { label: "imap", detail: "import maps", body: "import qualified Data.Map.Strict as Map\n" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "interact $ unlines . map ${1:id} . lines",
    },
  ],
};
