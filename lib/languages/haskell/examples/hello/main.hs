greet :: String -> String
greet name = "Hello, " ++ name ++ "!"

-- The input is a text that is read as it is needed; so are its lines.
main :: IO ()
main = interact (unlines . map greet . lines)
