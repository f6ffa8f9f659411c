import java.util.Scanner;

public class Main {
    record Greeting(String name) {
        String text() {
            return "Hello, %s!".formatted(name);
        }
    }

    public static void main(String[] args) {
        var input = new Scanner(System.in);
        while (input.hasNextLine()) {
            var greeting = new Greeting(input.nextLine().strip());
            System.out.println(greeting.text());
        }
    }
}
