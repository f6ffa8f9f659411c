let greet name = Printf.sprintf "Hello, %s!" (String.trim name)

let () =
  In_channel.input_lines stdin
  |> List.map greet
  |> List.iter print_endline
