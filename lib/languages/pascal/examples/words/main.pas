program main;

type
  TWord = record
    text: string[40];
    count: integer;
  end;

var
  words: array[1..1000] of TWord;
  known: integer = 0;
  text: string[40] = '';
  sign: char;
  i: integer;

procedure count;
var
  i: integer;
begin
  if text = '' then
    exit;
  i := 1;
  while (i <= known) and (words[i].text <> text) do
    inc(i);
  if i > known then
  begin
    known := i;
    words[i].text := text;
    words[i].count := 0;
  end;
  inc(words[i].count);
  text := '';
end;

function before(const a, b: TWord): boolean;
begin
  before := (a.count > b.count) or ((a.count = b.count) and (a.text < b.text));
end;

{ Each goes up to its place among those before it. }
procedure sort;
var
  i, place: integer;
  one: TWord;
begin
  for i := 2 to known do
  begin
    one := words[i];
    place := i;
    while (place > 1) and before(one, words[place - 1]) do
    begin
      words[place] := words[place - 1];
      dec(place);
    end;
    words[place] := one;
  end;
end;

begin
  while not eof do
  begin
    read(sign);
    sign := lowercase(sign);
    if sign in ['a'..'z'] then
      text := text + sign
    else
      count;
  end;
  count;
  sort;
  for i := 1 to 5 do
    writeln(words[i].count:3, ' ', words[i].text);
end.
