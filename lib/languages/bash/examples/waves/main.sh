width=120
height=60
declare -a pixels

# Where each wave is: one line for each point, "x y colour".
waves() {
    awk -v width=$width -v height=$height 'BEGIN {
        for (x = 0; x < width; x++)
            for (w = 1; w <= 3; w++)
                print x, int(height / 2 - sin(6.2831853 * x / width * w) * height * 0.4 / w), w + 1
    }'
}

# Bytes, by their numbers.
bytes() {
    local hex
    printf -v hex '\\x%02x' "$@"
    printf '%b' "$hex"
}

for ((at = 0; at < width * height; at++)); do pixels[at]=0; done
for ((x = 0; x < width; x++)); do pixels[height / 2 * width + x]=1; done
while read -r x y colour; do pixels[y * width + x]=$colour; done < <(waves)

# A GIF without compression: before every 100 points it is told to forget what it has learnt.
{
    printf 'GIF89a'
    bytes $width 0 $height 0 0xf6 0 0
    # White, grey, blue, red and green; a GIF of this kind has a table of 128 colours.
    bytes 255 255 255 200 200 200 36 86 200 191 43 43 27 117 70
    head -c $((123 * 3)) /dev/zero
    bytes 0x2c 0 0 0 0 $width 0 $height 0 0 7
    for ((at = 0; at < width * height; at += 100)); do
        bytes 101 0x80 "${pixels[@]:at:100}"
    done
    bytes 1 0x81 0 0x3b
} >"$OUTPUT_DIR/waves.gif"
echo "waves.gif: $width x $height points"
