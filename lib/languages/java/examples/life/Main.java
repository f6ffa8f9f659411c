public class Main {
    static final int HEIGHT = 6, WIDTH = 12, STEPS = 4;

    /** The next generation. The world has no edge: it goes on at the other side. */
    static boolean[][] step(boolean[][] world) {
        var next = new boolean[HEIGHT][WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int neighbours = neighbours(world, y, x);
                next[y][x] = neighbours == 3 || (neighbours == 2 && world[y][x]);
            }
        }
        return next;
    }

    static int neighbours(boolean[][] world, int y, int x) {
        int count = 0;
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                boolean alive = world[Math.floorMod(y + dy, HEIGHT)][Math.floorMod(x + dx, WIDTH)];
                if (alive && (dy != 0 || dx != 0)) count++;
            }
        }
        return count;
    }

    public static void main(String[] args) {
        var world = new boolean[HEIGHT][WIDTH];
        int[][] glider = {{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}};
        for (int[] place : glider) world[place[0]][place[1]] = true;

        for (int number = 0; number <= STEPS; number++) {
            System.out.println("Step " + number);
            for (boolean[] row : world) {
                var line = new StringBuilder();
                for (boolean alive : row) line.append(alive ? '#' : '.');
                System.out.println(line);
            }
            world = step(world);
        }
    }
}
