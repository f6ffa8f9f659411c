size=8
columns=()
solutions=0

# Goes on from row $1; the queens of the rows above stand in `columns`.
place() {
    local row=$1 column above apart
    if ((row == size)); then
        ((solutions++ > 0)) || show
        return
    fi
    for ((column = 0; column < size; column++)); do
        for ((above = 0; above < row; above++)); do
            apart=$((columns[above] - column))
            ((apart != 0 && apart != row - above && apart != above - row)) || continue 2
        done
        columns[row]=$column
        place $((row + 1))
    done
}

show() {
    local column x line
    for column in "${columns[@]}"; do
        line=
        for ((x = 0; x < size; x++)); do
            if ((x == column)); then line+="Q "; else line+=". "; fi
        done
        echo "${line% }"
    done
}

place 0
echo "$solutions solutions"
