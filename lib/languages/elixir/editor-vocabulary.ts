import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmodule defp defprotocol defstruct do else end false fn for if import in nil not or quote raise receive require rescue true try unless unquote use when with".split(
      " ",
    ),
  library:
    "IO IO.puts IO.gets IO.inspect IO.read IO.write IO.stream Enum Enum.map Enum.filter Enum.reduce Enum.each Enum.sort Enum.sort_by Enum.sum Enum.join Enum.map_join Enum.zip Enum.with_index Enum.frequencies Enum.group_by Enum.chunk_every Enum.take Enum.count Enum.max Enum.min Stream Stream.map Stream.filter Stream.iterate Stream.unfold String String.trim String.split String.to_integer String.upcase String.downcase String.length String.pad_leading String.graphemes List Map Map.get Map.put Map.update MapSet Keyword Integer Integer.mod Integer.gcd Float Float.round Process Process.sleep Task Task.async Task.await Agent GenServer Regex File System Tuple Range Atom Kernel spawn send self length elem inspect abs div rem hd tl round".split(
      " ",
    ),
  snippets: [
    { label: "module", detail: "a module", body: "defmodule ${1:Name} do\n\t$0\nend" },
    { label: "fun", detail: "a function of a module", body: "def ${1:name}(${2:argument}) do\n\t$0\nend" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "IO.stream(:stdio, :line)\n|> Stream.map(&String.trim/1)\n|> Enum.each(fn line -> ${1:IO.puts(line)} end)",
    },
    {
      label: "numbers",
      detail: "a line of numbers from the input",
      body: '${1:numbers} = IO.gets("") |> String.split() |> Enum.map(&String.to_integer/1)',
    },
    {
      label: "process",
      detail: "a process that answers",
      body: "${1:task} = Task.async(fn -> ${2:work} end)\nTask.await(${1:task})",
    },
  ],
};
