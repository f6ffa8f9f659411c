import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `import Control.Monad.State (execState, modify)
import qualified Data.HashMap.Strict as HashMap
import Data.List.Split (splitOn)
import qualified Data.Map as Map
import qualified Data.Text as Text
import qualified Data.Vector as Vector
import System.Random (mkStdGen, randomR)

main :: IO ()
main = do
  print (splitOn "," "a,b", Vector.sum (Vector.fromList [1, 2, 3 :: Int]), Map.toList (Map.fromList [(1 :: Int, 'a')]))
  print (HashMap.size (HashMap.fromList [("a", 1 :: Int)]), Text.toUpper (Text.pack "text"), execState (modify (+ 1)) (1 :: Int))
  print (fst (randomR (1, 1 :: Int) (mkStdGen 1)))
`,
      prints: '(["a","b"],6,[(1,\'a\')])\n(1,"TEXT",2)\n1\n',
    },
    "modules beside it and below, and text of any language": {
      code: 'import Half (half)\nimport qualified Shapes.Square as Square\n\nmain :: IO ()\nmain = putStrLn (unwords [show (half 6), show (Square.area 3), "größer 世界"])\n',
      files: [
        { path: "Half.hs", content: "module Half (half) where\n\nhalf :: Int -> Int\nhalf = (`div` 2)\n" },
        {
          path: "Shapes/Square.hs",
          content: "module Shapes.Square where\n\narea :: Int -> Int\narea side = side * side\n",
        },
      ],
      prints: "3 9 größer 世界\n",
    },
    "maps, state and text": {
      code: "import Control.Monad (replicateM)\nimport Control.Monad.State\nimport qualified Data.Map.Strict as Map\nimport qualified Data.Text as Text\n\nnext :: State Int Int\nnext = state (\\n -> (n, n + 1))\n\nmain :: IO ()\nmain = do\n  print (evalState (replicateM 3 next) 5)\n  print (Map.toList (Map.fromListWith (+) [('a', 1), ('b', 2), ('a', 3 :: Int)]))\n  print (Text.length (Text.pack \"世界\"))\n",
      prints: "[5,6,7]\n[('a',4),('b',2)]\n2\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: "answer :: Int\nanswer = 'x'\n\nmain :: IO ()\nmain = print answer\n",
      status: "compile_error",
      marked: {
        line: 2,
        column: 10,
        severity: "error",
        message: "Couldn't match expected type ‘Int’ with actual type ‘Char’",
      },
    },
    "an error of the program": {
      code: 'half :: Int -> Int\nhalf 0 = error "none"\nhalf n = n `div` 2\n\nmain :: IO ()\nmain = print (half 0)\n',
      status: "error",
      marked: { line: 2, column: 10, severity: "error", message: "none" },
    },
  },
  // Where nobody sees it at once, Haskell holds output back until it is told not to.
  halfLines: {
    "putStr, flushed, then a loop":
      'import System.IO\n\nspin :: Int -> IO ()\nspin n = spin (n + 1)\n\nmain :: IO ()\nmain = putStr "loading" >> hFlush stdout >> spin 0\n',
    "putStr without a buffer":
      'import Control.Concurrent (threadDelay)\nimport Control.Monad (forever)\nimport System.IO\n\nmain :: IO ()\nmain = do\n  hSetBuffering stdout NoBuffering\n  putStr "loading"\n  forever (threadDelay 1000000)\n',
    "putStr, then flush":
      'import Control.Concurrent (threadDelay)\nimport Control.Monad (forever)\nimport System.IO\n\nmain :: IO ()\nmain = do\n  putStr "loading"\n  hFlush stdout\n  forever (threadDelay 1000000)\n',
  },
  memoryHog:
    "import qualified Data.ByteString as Bytes\n\nhog :: [Bytes.ByteString] -> IO ()\nhog kept = do\n  let block = Bytes.replicate (1048576 + length kept) 1\n  block `seq` hog (block : kept)\n\nmain :: IO ()\nmain = hog []\n",
  manyLines: 'main :: IO ()\nmain = putStr (unlines (replicate 65536 "0123456789abcde"))\n',
};
