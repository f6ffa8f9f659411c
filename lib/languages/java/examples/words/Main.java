import java.io.IOException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public class Main {
    public static void main(String[] args) throws IOException {
        var text = new String(System.in.readAllBytes()).toLowerCase();
        var counts = Pattern.compile("[a-z]+").matcher(text).results()
            .collect(Collectors.groupingBy(MatchResult::group, Collectors.counting()));
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
            .limit(5)
            .forEach(word -> System.out.printf("%3d %s%n", word.getValue(), word.getKey()));
    }
}
