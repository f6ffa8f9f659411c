import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Uses what small programs use, so that its classes are in the archives: see the Dockerfile. Its text is compiled for the compiler's. */
public class Warm {
    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    enum Colour { RED, GREEN }

    static double area(Shape shape) {
        return switch (shape) {
            case Circle(double radius) -> Math.PI * radius * radius;
            case Square(double side) -> side * side;
        };
    }

    public static void main(String[] args) throws Exception {
        var input = new Scanner(System.in);
        List<String> names = new ArrayList<>();
        names.add(input.hasNextLine() ? input.nextLine().strip() : "nobody");
        var rest = new BufferedReader(new InputStreamReader(System.in)).lines().toList();

        Map<String, Integer> counts = new HashMap<>();
        for (var word : "the sand runs through the glass".split("\\s+")) counts.merge(word, 1, Integer::sum);
        var sorted = new TreeMap<>(counts).entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
            .limit(3)
            .map(one -> "%3d %s".formatted(one.getValue(), one.getKey()))
            .collect(Collectors.joining(", "));

        var queue = new PriorityQueue<Integer>(Comparator.reverseOrder());
        queue.addAll(IntStream.range(0, 5).boxed().collect(Collectors.toList()));
        var deque = new ArrayDeque<>(new HashSet<>(queue));
        var text = new StringBuilder().append(deque.size()).append(' ').append(Arrays.toString(new int[] {1, 2}));
        System.out.printf("%s %s %.2f %d%n", names, sorted, area(new Circle(1)) + area(new Square(2)), rest.size());
        System.out.println(text + " " + Colour.RED + " " + new Square(1));
        try {
            Integer.parseInt("x");
        } catch (NumberFormatException expected) {
            System.out.print(expected.getMessage() + "\n");
        }
        var thread = new Thread(() -> System.out.println("done"));
        thread.start();
        thread.join();
    }
}
