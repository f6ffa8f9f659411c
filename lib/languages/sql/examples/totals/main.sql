-- A window looks at other rows than its own: all months up to this one, or the one before.
WITH months AS (
    SELECT strftime('%Y-%m', ordered_on) AS month, sum(quantity * price) AS sales
    FROM orders
    JOIN order_lines ON order_lines.order_id = orders.id
    JOIN products ON products.id = order_lines.product_id
    GROUP BY month
)
SELECT
    month,
    sales,
    sum(sales) OVER (ORDER BY month) AS so_far,
    sales - lag(sales) OVER (ORDER BY month) AS change,
    rank() OVER (ORDER BY sales DESC) AS rank
FROM months
ORDER BY month;
