-- All primes. The list has no end, and is defined by itself: only what is looked at is ever computed.
primes :: [Int]
primes = 2 : filter isPrime [3, 5 ..]

isPrime :: Int -> Bool
isPrime n = all (\p -> n `mod` p /= 0) (takeWhile (\p -> p * p <= n) primes)

-- Pairs of primes with only one number between them.
twins :: [(Int, Int)]
twins = [(p, q) | (p, q) <- zip primes (tail primes), q == p + 2]

fibonacci :: [Integer]
fibonacci = 0 : 1 : zipWith (+) fibonacci (tail fibonacci)

main :: IO ()
main = do
  print (take 12 primes)
  print (takeWhile ((< 50) . fst) twins)
  print (fibonacci !! 90)
