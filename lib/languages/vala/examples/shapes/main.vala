abstract class Shape : Object {
    public string name { get; construct; }

    public abstract double area();

    public string describe() {
        return "%-8s %6.2f".printf(name, area());
    }
}

class Circle : Shape {
    private double radius;

    public Circle(double radius) {
        Object(name: "circle");
        this.radius = radius;
    }

    public override double area() {
        return Math.PI * radius * radius;
    }
}

class Square : Shape {
    private double side;

    public Square(double side) {
        Object(name: "square");
        this.side = side;
    }

    public override double area() {
        return side * side;
    }
}

void main() {
    Shape[] shapes = { new Circle(1), new Square(2), new Circle(0.5) };
    double all = 0;
    foreach (var shape in shapes) {
        print("%s\n", shape.describe());
        all += shape.area();
    }
    print("%-8s %6.2f\n", "all", all);
}
