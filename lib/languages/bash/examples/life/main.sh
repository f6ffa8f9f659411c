height=6
width=12
steps=4
world=(".#.........." "..#........." "###........." "............" "............" "............")

# The next generation. The world has no edge: it goes on at the other side.
step() {
    local next=() y x dy dx row neighbours line
    for ((y = 0; y < height; y++)); do
        line=
        for ((x = 0; x < width; x++)); do
            neighbours=0
            for dy in -1 0 1; do
                row=${world[(y + dy + height) % height]}
                for dx in -1 0 1; do
                    ((dy == 0 && dx == 0)) && continue
                    [[ ${row:(x + dx + width) % width:1} == "#" ]] && ((neighbours++))
                done
            done
            if ((neighbours == 3)) || { ((neighbours == 2)) && [[ ${world[y]:x:1} == "#" ]]; }; then
                line+="#"
            else
                line+="."
            fi
        done
        next+=("$line")
    done
    world=("${next[@]}")
}

for ((number = 0; number <= steps; number++)); do
    echo "Step $number"
    printf '%s\n' "${world[@]}"
    step
done
