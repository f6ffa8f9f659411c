import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "if elseif else for foreach while break continue switch default proc return set unset global variable upvalue uplevel namespace eval package require provide source try on trap finally throw error catch apply coroutine yield expr incr append".split(
      " ",
    ),
  library:
    "after apply array binary chan clock close concat dict encoding eof exec exit fconfigure file flush format gets glob info interp join lappend lassign lindex linsert list llength lmap load lrange lrepeat lreplace lreverse lsearch lset lsort open oo::class oo::define oo::object method constructor destructor my next self superclass mixin puts pwd read regexp regsub rename scan seek socket split string subst tailcall time trace update vwait zlib stdin stdout stderr argc argv argv0 env tcl_platform abs acos ceil cos double exp floor fmod hypot int log max min pow rand round sin sqrt wide".split(
      " ",
    ),
  snippets: [
    { label: "proc", detail: "a command", body: "proc ${1:name} {${2:arguments}} {\n\t$0\n}" },
    { label: "foreach", detail: "go through a list", body: "foreach ${1:item} \\$${2:items} {\n\t$0\n}" },
    {
      label: "for",
      detail: "count",
      body: "for {set ${1:i} 0} {\\$${1:i} < ${2:count}} {incr ${1:i}} {\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "while {[gets stdin ${1:line}] >= 0} {\n\t$0\n}",
    },
    {
      label: "dictfor",
      detail: "go through a dictionary",
      body: "dict for {${1:key} ${2:value}} \\$${3:counts} {\n\t$0\n}",
    },
    {
      label: "class",
      detail: "a class",
      body: "oo::class create ${1:Name} {\n\tvariable ${2:value}\n\tconstructor {given} {\n\t\tset ${2:value} \\$given\n\t}\n\t$0\n}",
    },
  ],
};
