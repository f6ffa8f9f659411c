import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "alias and begin break case class def defined? do else elsif end ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield loop raise require require_relative attr_reader attr_writer attr_accessor private protected public include extend lambda proc".split(
      " ",
    ),
  library:
    "puts print p pp printf format gets readline readlines rand srand sleep exit abort catch throw freeze frozen? dup clone tap then send respond_to? is_a? instance_of? method_missing each each_with_index each_with_object each_slice each_cons each_char each_line map flat_map filter_map select reject find find_index detect inject reduce sum min max minmax min_by max_by sort sort_by group_by partition tally zip take take_while drop drop_while first last push pop shift unshift insert delete delete_if include? any? all? none? count length size empty? reverse rotate shuffle sample uniq compact flatten transpose combination permutation product cycle lazy join split chars lines bytes strip chomp chop upcase downcase capitalize swapcase start_with? end_with? gsub sub scan match match? tr index ljust rjust center to_s to_i to_f to_r to_a to_h to_sym to_proc times upto downto step abs ceil floor round divmod digits gcd lcm even? odd? zero? positive? negative? between? clamp key? value? fetch dig keys values merge transform_values transform_keys Array Hash Set String Symbol Integer Float Rational Complex Range Regexp Struct Data Comparable Enumerable Enumerator Kernel Math Time Random File ENV ARGV STDIN STDOUT STDERR StandardError ArgumentError RuntimeError TypeError ZeroDivisionError KeyError IndexError".split(
      " ",
    ),
  snippets: [
    { label: "def", detail: "a method", body: "def ${1:name}(${2:arguments})\n\t$0\nend" },
    {
      label: "class",
      detail: "a class",
      body: "class ${1:Name}\n\tdef initialize(${2:value})\n\t\t@${2:value} = ${2:value}\n\tend\n\t$0\nend",
    },
    { label: "each", detail: "go through a collection", body: "${1:items}.each do |${2:item}|\n\t$0\nend" },
    { label: "lines", detail: "read the input line by line", body: "while (line = gets)\n\t$0\nend" },
    {
      label: "begin",
      detail: "handle an error",
      body: "begin\n\t$0\nrescue ${1:StandardError} => error\n\twarn error.message\nend",
    },
    { label: "struct", detail: "a small class of values", body: "${1:Point} = Struct.new(:${2:x}, :${3:y})" },
  ],
};
