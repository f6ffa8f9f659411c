#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char text[32];
    int count;
} Word;

static Word words[1000];
static int known;

static void count(const char *text) {
    for (int i = 0; i < known; i++) {
        if (strcmp(words[i].text, text) != 0) continue;
        words[i].count++;
        return;
    }
    if (known == 1000) return;
    strcpy(words[known].text, text);
    words[known++].count = 1;
}

static int by_count(const void *a, const void *b) {
    const Word *one = a, *other = b;
    return one->count != other->count ? other->count - one->count : strcmp(one->text, other->text);
}

int main(void) {
    char text[32];
    size_t length = 0;
    int sign;
    do {
        sign = getchar();
        if (isalpha(sign)) {
            if (length < sizeof text - 1) text[length++] = (char)tolower(sign);
        } else if (length > 0) {
            text[length] = '\0';
            count(text);
            length = 0;
        }
    } while (sign != EOF);
    qsort(words, known, sizeof *words, by_count);
    for (int i = 0; i < known && i < 5; i++) printf("%3d %s\n", words[i].count, words[i].text);
}
