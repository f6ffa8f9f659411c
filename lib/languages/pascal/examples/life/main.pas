program main;

const
  height = 6;
  width = 12;
  steps = 4;

type
  TPlace = 0..height * width - 1;
  { A set has all the places that are alive. }
  TWorld = set of TPlace;

function at(y, x: integer): TPlace;
begin
  { The world has no edge: it goes on at the other side. }
  at := (y + height) mod height * width + (x + width) mod width;
end;

function next(const world: TWorld): TWorld;
var
  y, x, dy, dx, neighbours: integer;
  after: TWorld;
begin
  after := [];
  for y := 0 to height - 1 do
    for x := 0 to width - 1 do
    begin
      neighbours := 0;
      for dy := -1 to 1 do
        for dx := -1 to 1 do
          if ((dy <> 0) or (dx <> 0)) and (at(y + dy, x + dx) in world) then
            inc(neighbours);
      if (neighbours = 3) or ((neighbours = 2) and (at(y, x) in world)) then
        include(after, at(y, x));
    end;
  next := after;
end;

var
  world: TWorld;
  number, y, x: integer;

begin
  world := [at(0, 1), at(1, 2), at(2, 0), at(2, 1), at(2, 2)];
  for number := 0 to steps do
  begin
    writeln('Step ', number);
    for y := 0 to height - 1 do
    begin
      for x := 0 to width - 1 do
        if at(y, x) in world then
          write('#')
        else
          write('.');
      writeln;
    end;
    world := next(world);
  end;
end.
