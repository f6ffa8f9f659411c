% Each line of the input is a point: x and y.
points = fscanf(stdin, "%f", [2 Inf])';
x = points(:, 1);
y = points(:, 2);

% The line that fits best: `\` solves equations, also too many of them.
A = [x ones(size(x))];
line = A \ y;
printf("y = %.2f x + %.2f\n", line);

distance = y - A * line;
printf("%d points, on average %.2f off\n", numel(x), mean(abs(distance)));
