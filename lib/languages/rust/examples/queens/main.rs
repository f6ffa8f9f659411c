const SIZE: usize = 8;

/// All ways to go on when the queens of the rows above stand in these columns.
fn place(columns: &mut Vec<usize>, solutions: &mut Vec<Vec<usize>>) {
    if columns.len() == SIZE {
        solutions.push(columns.clone());
        return;
    }
    for column in 0..SIZE {
        let row = columns.len();
        let free = columns
            .iter()
            .enumerate()
            .all(|(above, &other)| column != other && column.abs_diff(other) != row - above);
        if free {
            columns.push(column);
            place(columns, solutions);
            columns.pop();
        }
    }
}

fn main() {
    let mut solutions = Vec::new();
    place(&mut Vec::new(), &mut solutions);
    for &queen in &solutions[0] {
        let row: Vec<&str> = (0..SIZE).map(|at| if at == queen { "Q" } else { "." }).collect();
        println!("{}", row.join(" "));
    }
    println!("{} solutions", solutions.len());
}
