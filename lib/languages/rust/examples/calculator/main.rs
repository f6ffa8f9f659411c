use std::fmt;
use std::io;

#[derive(Debug, PartialEq)]
enum Problem {
    UnknownWord(String),
    TooFewNumbers,
    DivisionByZero,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Problem::UnknownWord(word) => write!(f, "what is `{word}`?"),
            Problem::TooFewNumbers => write!(f, "too few numbers"),
            Problem::DivisionByZero => write!(f, "a division by zero"),
        }
    }
}

/// Computes what is written in reverse Polish notation: operators stand behind their numbers.
fn compute(line: &str) -> Result<i64, Problem> {
    let mut stack: Vec<i64> = Vec::new();
    for word in line.split_whitespace() {
        if let Ok(number) = word.parse() {
            stack.push(number);
            continue;
        }
        let right = stack.pop().ok_or(Problem::TooFewNumbers)?;
        let left = stack.pop().ok_or(Problem::TooFewNumbers)?;
        stack.push(match word {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => left.checked_div(right).ok_or(Problem::DivisionByZero)?,
            _ => return Err(Problem::UnknownWord(word.to_string())),
        });
    }
    stack.pop().ok_or(Problem::TooFewNumbers)
}

fn main() {
    for line in io::stdin().lines().map_while(Result::ok) {
        match compute(&line) {
            Ok(result) => println!("{line} = {result}"),
            Err(problem) => println!("{line}: {problem}"),
        }
    }
}
