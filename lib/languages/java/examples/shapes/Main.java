import java.util.List;

public class Main {
    sealed interface Shape permits Circle, Square, Rectangle {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Rectangle(double width, double height) implements Shape {}

    /** The compiler knows all shapes: one that is forgotten here is an error. */
    static double area(Shape shape) {
        return switch (shape) {
            case Circle(double radius) -> Math.PI * radius * radius;
            case Square(double side) -> side * side;
            case Rectangle(double width, double height) -> width * height;
        };
    }

    public static void main(String[] args) {
        List<Shape> shapes = List.of(new Circle(1), new Square(2), new Rectangle(2, 3.5));
        for (var shape : shapes) {
            System.out.printf("%-34s %6.2f%n", shape, area(shape));
        }
        System.out.printf("%-34s %6.2f%n", "All", shapes.stream().mapToDouble(Main::area).sum());
    }
}
