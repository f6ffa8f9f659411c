module Words = Map.Make (String)

(* What is no letter becomes a space. *)
let words_of text =
  let letter sign = if sign >= 'a' && sign <= 'z' then sign else ' ' in
  String.lowercase_ascii text
  |> String.map letter
  |> String.split_on_char ' '
  |> List.filter (fun word -> word <> "")

let count words =
  let add counts word =
    Words.update word (fun n -> Some (1 + Option.value n ~default:0)) counts
  in
  List.fold_left add Words.empty words

let by_count (a, n) (b, m) = if n <> m then compare m n else compare a b

let () =
  In_channel.input_all stdin
  |> words_of |> count |> Words.bindings
  |> List.sort by_count
  |> List.to_seq |> Seq.take 5
  |> Seq.iter (fun (word, n) -> Printf.printf "%3d %s\n" n word)
