program main;

var
  name: string;

function greeting(const name: string): string;
begin
  greeting := 'Hello, ' + name + '!';
end;

begin
  while not eof do
  begin
    readln(name);
    writeln(greeting(name));
  end;
end.
