% The world is a matrix of zeros and ones.
world = zeros(6, 12);
world(sub2ind([6 12], [1 2 3 3 3], [2 3 1 2 3])) = 1;

for number = 0:4
  printf("Step %d\n", number);
  disp(".#"(world + 1));

  % All places at once: eight worlds, each moved by one. There is no edge: it goes on at the other side.
  neighbours = -world;
  for dy = -1:1
    for dx = -1:1
      neighbours += circshift(world, [dy dx]);
    end
  end
  world = neighbours == 3 | (neighbours == 2 & world);
end
