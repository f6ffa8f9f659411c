use std::io;

fn greet(name: &str) -> String {
    format!("Hello, {name}!")
}

fn main() -> io::Result<()> {
    for line in io::stdin().lines() {
        println!("{}", greet(line?.trim()));
    }
    Ok(())
}
