import Data.Char (isAscii, isLower, toLower)
import Data.List (sortOn)
import qualified Data.Map.Strict as Map
import Data.Ord (Down (..))
import Text.Printf (printf)

wordsOf :: String -> [String]
wordsOf = words . map (\sign -> if isAscii sign && isLower sign then sign else ' ') . map toLower

count :: [String] -> [(String, Int)]
count found = sortOn (\(word, n) -> (Down n, word)) (Map.toList counts)
  where
    counts = Map.fromListWith (+) [(word, 1) | word <- found]

main :: IO ()
main = do
  text <- getContents
  mapM_ (\(word, n) -> printf "%3d %s\n" n word) (take 5 (count (wordsOf text)))
