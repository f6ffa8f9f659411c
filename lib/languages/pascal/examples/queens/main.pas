program main;

const
  size = 8;

var
  columns: array[1..size] of integer;
  solutions: integer = 0;

procedure show;
var
  row, x: integer;
begin
  for row := 1 to size do
    for x := 1 to size do
    begin
      if columns[row] = x then
        write('Q')
      else
        write('.');
      if x < size then
        write(' ')
      else
        writeln;
    end;
end;

function free(row, column: integer): boolean;
var
  above: integer;
begin
  free := true;
  for above := 1 to row - 1 do
    if (columns[above] = column) or (abs(columns[above] - column) = row - above) then
      free := false;
end;

{ Goes on from this row; the queens of the rows above stand in `columns`. }
procedure place(row: integer);
var
  column: integer;
begin
  if row > size then
  begin
    if solutions = 0 then
      show;
    inc(solutions);
    exit;
  end;
  for column := 1 to size do
    if free(row, column) then
    begin
      columns[row] := column;
      place(row + 1);
    end;
end;

begin
  place(1);
  writeln(solutions, ' solutions');
end.
