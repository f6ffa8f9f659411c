import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "my our local state use no require package sub return if elsif else unless while until for foreach do last next redo given when and or not xor eq ne lt gt le ge cmp x qw qq qr BEGIN END __DATA__ __END__ __FILE__ __LINE__ __PACKAGE__ strict warnings utf8 feature signatures try catch finally defer class field method ADJUST".split(
      " ",
    ),
  library:
    "abs atan2 binmode bless caller chdir chomp chop chr close closedir cos defined delete die each eof eval exists exit exp fc glob gmtime grep hex index int join keys lc lcfirst length local localtime log map mkdir oct open opendir ord pack pop pos print printf push quotemeta rand read readdir readline ref reverse rindex say scalar seek select shift sin sleep sort splice split sprintf sqrt srand stat substr system time tr uc ucfirst undef unlink unpack unshift values wantarray warn write STDIN STDOUT STDERR ARGV ENV List::Util first sum sum0 max min maxstr minstr reduce shuffle uniq any all none pairs product Scalar::Util blessed looks_like_number reftype weaken Data::Dumper Dumper POSIX floor ceil fmod strftime Time::HiRes Time::Local Getopt::Long File::Basename File::Spec Text::Wrap JSON::PP decode_json encode_json Math::BigInt Math::Trig Storable dclone".split(
      " ",
    ),
  snippets: [
    { label: "start", detail: "the start of a program", body: "use v5.36;\n\n$0" },
    { label: "sub", detail: "a function", body: "sub ${1:name} (${2:\\$value}) {\n\t$0\n}" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "while (my \\$line = <STDIN>) {\n\tchomp \\$line;\n\t$0\n}",
    },
    { label: "for", detail: "go through a list", body: "for my \\$${1:item} (@${2:items}) {\n\t$0\n}" },
    {
      label: "hash",
      detail: "go through a hash by its keys",
      body: 'for my \\$${1:key} (sort keys %${2:hash}) {\n\tsay "\\$${1:key}: \\$${2:hash}{\\$${1:key}}";$0\n}',
    },
    {
      label: "eval",
      detail: "handle an error",
      body: 'eval { ${1:work()}; 1 } or warn "It failed: \\$@";$0',
    },
  ],
};
