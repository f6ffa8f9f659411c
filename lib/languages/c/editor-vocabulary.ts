import type { Vocabulary } from "../editor";

export const C_KEYWORDS =
  "auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false".split(
    " ",
  );

export const C_LIBRARY =
  "printf fprintf sprintf snprintf scanf fscanf sscanf puts fputs putchar fputc getchar fgetc fgets getline fopen fclose fread fwrite fseek ftell fflush feof perror stdin stdout stderr malloc calloc realloc free exit abort atexit atoi atof strtol strtoul strtod qsort bsearch rand srand getenv system abs labs memcpy memmove memset memcmp memchr strlen strcpy strncpy strcat strncat strcmp strncmp strchr strrchr strstr strtok strdup strerror isalpha isdigit isalnum isspace isupper islower toupper tolower time clock difftime localtime gmtime strftime nanosleep sqrt pow fabs floor ceil round fmod sin cos tan exp log log2 log10 assert errno size_t ssize_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t FILE NULL EOF INT_MAX INT_MIN LONG_MAX SIZE_MAX EXIT_SUCCESS EXIT_FAILURE include define ifdef ifndef endif stdio stdlib string math ctype stdint stdbool limits errno unistd pthread".split(
    " ",
  );

export const VOCABULARY: Vocabulary = {
  keywords: C_KEYWORDS,
  library: C_LIBRARY,
  snippets: [
    { label: "main", detail: "a main function", body: "int main(void) {\n\t$0\n\treturn 0;\n}" },
    {
      label: "mainargs",
      detail: "a main function with arguments",
      body: "int main(int argc, char **argv) {\n\t$0\n\treturn 0;\n}",
    },
    { label: "inc", detail: "include a header", body: "#include <${1:stdio}.h>" },
    {
      label: "fori",
      detail: "count from 0",
      body: "for (int ${1:i} = 0; ${1:i} < ${2:count}; ${1:i}++) {\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "char *line = NULL;\nsize_t size = 0;\nwhile (getline(&line, &size, stdin) != -1) {\n\t$0\n}\nfree(line);",
    },
  ],
};
