{ Loaded before every program's own units: what is printed is written at the end of each statement, as at a terminal, so that prompts and half
  lines are seen while the program runs. }
unit quicksand;

interface

implementation

begin
  TextRec(Output).FlushFunc := TextRec(Output).InOutFunc;
end.
