data Expression
  = Number Int
  | Variable String
  | Expression :+: Expression
  | Expression :*: Expression

infixl 6 :+:
infixl 7 :*:

instance Show Expression where
  showsPrec _ (Number n) = shows n
  showsPrec _ (Variable name) = showString name
  showsPrec outer (a :+: b) = showParen (outer > 6) (showsPrec 6 a . showString " + " . showsPrec 7 b)
  showsPrec outer (a :*: b) = showParen (outer > 7) (showsPrec 7 a . showString " * " . showsPrec 8 b)

-- By the rules of school: of a sum, and of a product.
derive :: String -> Expression -> Expression
derive _ (Number _) = Number 0
derive x (Variable name) = Number (if name == x then 1 else 0)
derive x (a :+: b) = derive x a :+: derive x b
derive x (a :*: b) = derive x a :*: b :+: a :*: derive x b

simplify :: Expression -> Expression
simplify (a :+: b) = case (simplify a, simplify b) of
  (Number n, Number m) -> Number (n + m)
  (Number 0, other) -> other
  (other, Number 0) -> other
  (one, other) -> one :+: other
simplify (a :*: b) = case (simplify a, simplify b) of
  (Number n, Number m) -> Number (n * m)
  (Number 0, _) -> Number 0
  (_, Number 0) -> Number 0
  (Number 1, other) -> other
  (other, Number 1) -> other
  (one, other) -> one :*: other
simplify other = other

main :: IO ()
main = do
  let x = Variable "x"
      expression = Number 3 :*: x :*: x :+: (x :+: Number 1) :*: Variable "y"
  print expression
  print (derive "x" expression)
  print (simplify (derive "x" expression))
