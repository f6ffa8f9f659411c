require "set"

HEIGHT = 6
WIDTH = 12
STEPS = 4
AROUND = [-1, 0, 1].product([-1, 0, 1]) - [[0, 0]]

# The next generation. The world has no edge: it goes on at the other side.
def step(alive)
  neighbours = alive
    .flat_map { |y, x| AROUND.map { |dy, dx| [(y + dy) % HEIGHT, (x + dx) % WIDTH] } }
    .tally
  neighbours.filter_map { |place, n| place if n == 3 || (n == 2 && alive.include?(place)) }.to_set
end

alive = Set[[0, 1], [1, 2], [2, 0], [2, 1], [2, 2]]
(0..STEPS).each do |number|
  puts "Step #{number}"
  HEIGHT.times do |y|
    puts (0...WIDTH).map { |x| alive.include?([y, x]) ? "#" : "." }.join
  end
  alive = step(alive)
end
