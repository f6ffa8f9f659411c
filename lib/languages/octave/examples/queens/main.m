1;

% All ways to go on, one in each row, when the queens of the rows above stand in these columns.
function solutions = place(columns, size)
  row = numel(columns) + 1;
  if row > size
    solutions = columns;
    return;
  end
  solutions = zeros(0, size);
  distance = row - (1:row - 1);
  for column = 1:size
    if all(columns != column & abs(columns - column) != distance)
      solutions = [solutions; place([columns column], size)];
    end
  end
end

size = 8;
solutions = place(zeros(1, 0), size);
board = repmat(".", size, size);
board(sub2ind([size size], 1:size, solutions(1, :))) = "Q";
for row = board'
  disp(strjoin(cellstr(row)', " "));
end
printf("%d solutions\n", rows(solutions));
