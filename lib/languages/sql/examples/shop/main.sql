-- These tables are there for every program; `.schema` shows them.
SELECT customers.name, city, sum(quantity) AS pieces, sum(quantity * price) AS spent
FROM customers
JOIN orders ON orders.customer_id = customers.id
JOIN order_lines ON order_lines.order_id = orders.id
JOIN products ON products.id = order_lines.product_id
GROUP BY customers.id
ORDER BY spent DESC;

-- Who has never ordered anything?
SELECT name
FROM customers
WHERE NOT EXISTS (SELECT * FROM orders WHERE orders.customer_id = customers.id);
