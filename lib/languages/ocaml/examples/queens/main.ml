let size = 8

(* The columns of the rows above, the nearest first. *)
let free column above =
  List.for_all Fun.id
    (List.mapi (fun i other -> column <> other && abs (column - other) <> i + 1) above)

(* All ways to go on when the queens of the rows above stand in these columns. *)
let rec place row above =
  if row = size then Seq.return (List.rev above)
  else
    Seq.init size Fun.id
    |> Seq.filter (fun column -> free column above)
    |> Seq.concat_map (fun column -> place (row + 1) (column :: above))

let print_row queen =
  List.init size (fun column -> if column = queen then "Q" else ".")
  |> String.concat " " |> print_endline

let () =
  let solutions = List.of_seq (place 0 []) in
  List.iter print_row (List.hd solutions);
  Printf.printf "%d solutions\n" (List.length solutions)
