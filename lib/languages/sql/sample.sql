-- The tables that every program finds: a shop for hourglasses.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL
);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    price REAL NOT NULL CHECK (price > 0)
);

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    ordered_on TEXT NOT NULL
);

CREATE TABLE order_lines (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, product_id)
) WITHOUT ROWID;

INSERT INTO customers (id, name, city) VALUES
    (1, 'Ada', 'London'),
    (2, 'Barbara', 'Boston'),
    (3, 'Edsger', 'Austin'),
    (4, 'Grace', 'Boston'),
    (5, 'Kurt', 'Vienna');

INSERT INTO products (id, name, price) VALUES
    (1, 'Egg timer', 4.5),
    (2, 'Hourglass', 24.0),
    (3, 'Sand, 1 kg', 2.25),
    (4, 'Sundial', 80.0);

INSERT INTO orders (id, customer_id, ordered_on) VALUES
    (1, 1, '2026-01-14'),
    (2, 2, '2026-01-30'),
    (3, 1, '2026-02-03'),
    (4, 4, '2026-02-17'),
    (5, 3, '2026-03-01'),
    (6, 2, '2026-03-08');

INSERT INTO order_lines (order_id, product_id, quantity) VALUES
    (1, 1, 2), (1, 3, 4),
    (2, 2, 1),
    (3, 4, 1), (3, 3, 2),
    (4, 2, 3),
    (5, 1, 1),
    (6, 1, 6), (6, 2, 1);
