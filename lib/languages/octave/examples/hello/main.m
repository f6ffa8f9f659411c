1;  % The first word is no function, so this is a program and not a function's file.

function text = greet(name)
  text = ["Hello, " name "!"];
end

while ischar(name = fgetl(stdin))
  disp(greet(name));
  printf("Backwards: %s\n", fliplr(name));

  % Text is a row of numbers, and a comparison answers for all of them at once.
  printf("Letters:");
  for letter = unique(lower(name))
    printf(" %s%d", letter, sum(lower(name) == letter));
  end
  printf("\n");
end
