import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "abstract and array as break callable case catch class clone const continue declare default do echo else elseif empty endfor endforeach endif endswitch endwhile enum extends final finally fn for foreach function global if implements include include_once instanceof insteadof interface isset list match namespace new or print private protected public readonly require require_once return static switch throw trait try unset use var while xor yield true false null int float string bool void mixed never self parent iterable object".split(
      " ",
    ),
  library:
    "abs array_chunk array_column array_combine array_count_values array_diff array_fill array_filter array_find array_flip array_is_list array_key_exists array_key_first array_key_last array_keys array_map array_merge array_pad array_pop array_product array_push array_rand array_reduce array_reverse array_search array_shift array_slice array_splice array_sum array_unique array_unshift array_values array_walk arsort asort base_convert bin2hex ceil chr compact count date explode fgets file_get_contents file_put_contents floor fmod fopen fclose feof fscanf getenv implode in_array intdiv is_array is_int is_null is_numeric is_string iterator_to_array json_decode json_encode krsort ksort lcfirst log ltrim max mb_str_pad mb_str_split mb_strlen mb_strtolower mb_strtoupper mb_substr microtime min mt_rand mt_srand number_format ord pow preg_match preg_match_all preg_replace preg_replace_callback preg_split printf print_r random_int range readline round rsort rtrim sort sprintf sqrt str_contains str_ends_with str_pad str_repeat str_replace str_split str_starts_with str_word_count strcmp stream_get_contents strlen strpos strrev strtolower strtoupper strtr substr substr_count time trim ucfirst ucwords uasort uksort unset usort usleep var_dump var_export STDIN STDOUT STDERR PHP_EOL PHP_INT_MAX PHP_INT_MIN PHP_VERSION M_PI ArrayIterator Closure Countable DateTimeImmutable DomainException Exception Generator InvalidArgumentException IteratorAggregate JsonSerializable RuntimeException SplObjectStorage SplPriorityQueue SplQueue SplStack Stringable TypeError ValueError".split(
      " ",
    ),
  snippets: [
    { label: "php", detail: "the start of a program", body: "<?php\n\ndeclare(strict_types=1);\n\n$0" },
    {
      label: "fn",
      detail: "a function",
      body: "function ${1:name}(${2:int} \\$${3:value}): ${4:int}\n{\n\t$0\n}",
    },
    {
      label: "foreach",
      detail: "go through an array",
      body: "foreach (\\$${1:items} as \\$${2:item}) {\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: 'while ((\\$line = fgets(STDIN)) !== false) {\n\t\\$line = rtrim(\\$line, "\\n");\n\t$0\n}',
    },
    {
      label: "class",
      detail: "a class",
      body: "final class ${1:Name}\n{\n\tpublic function __construct(private readonly ${2:int} \\$${3:value}) {}\n\t$0\n}",
    },
    {
      label: "match",
      detail: "choose by a value",
      body: "match (${1:value}) {\n\t${2:1} => ${3:'one'},\n\tdefault => ${4:'many'},\n};",
    },
  ],
};
