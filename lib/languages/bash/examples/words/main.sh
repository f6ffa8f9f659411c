tr -cs 'A-Za-z' '\n' |
    tr 'A-Z' 'a-z' |
    sed '/^$/d' |
    sort |
    uniq -c |
    sort -k1,1nr -k2,2 |
    head -n 5 |
    while read -r count word; do
        printf '%3d %s\n' "$count" "$word"
    done
