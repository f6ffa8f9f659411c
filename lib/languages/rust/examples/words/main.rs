use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Read};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let text = text.to_lowercase();

    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in text.split(|sign: char| !sign.is_ascii_lowercase()) {
        if !word.is_empty() {
            *counts.entry(word).or_default() += 1;
        }
    }

    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_by_key(|&(word, count)| (Reverse(count), word));
    for (word, count) in words.iter().take(5) {
        println!("{count:3} {word}");
    }
    Ok(())
}
