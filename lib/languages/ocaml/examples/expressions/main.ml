type expression =
  | Number of float
  | Variable of string
  | Sum of expression * expression
  | Product of expression * expression
  | Let of string * expression * expression

exception Unknown of string

let rec value names = function
  | Number n -> n
  | Variable name -> (
      match List.assoc_opt name names with
      | Some n -> n
      | None -> raise (Unknown name))
  | Sum (a, b) -> value names a +. value names b
  | Product (a, b) -> value names a *. value names b
  | Let (name, is, inside) -> value ((name, value names is) :: names) inside

let rec text = function
  | Number n -> Printf.sprintf "%g" n
  | Variable name -> name
  | Sum (a, b) -> Printf.sprintf "(%s + %s)" (text a) (text b)
  | Product (a, b) -> Printf.sprintf "%s * %s" (text a) (text b)
  | Let (name, is, inside) -> Printf.sprintf "let %s = %s in %s" name (text is) (text inside)

let show expression =
  match value [] expression with
  | n -> Printf.printf "%s is %g\n" (text expression) n
  | exception Unknown name -> Printf.printf "%s has no value: what is %s?\n" (text expression) name

let () =
  let x = Variable "x" in
  show (Product (Number 6., Sum (Number 3., Number 4.)));
  show (Let ("x", Number 1.5, Product (x, x)));
  show (Sum (x, Number 1.))
