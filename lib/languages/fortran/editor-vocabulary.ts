import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "allocatable allocate associate block call case character complex contains cycle deallocate dimension do elemental else end exit function if implicit integer intent interface kind logical module none only parameter pointer print private procedure program public pure read real recursive result return save select stop subroutine target then type use where while write".split(
      " ",
    ),
  library:
    "abs achar acos adjustl adjustr aimag all allocated any asin atan atan2 ceiling char cmplx command_argument_count conjg cos cosh count cshift dot_product epsilon exp findloc floor get_command_argument get_environment_variable huge iachar ichar index int iso_fortran_env kind lbound len len_trim log log10 matmul max maxloc maxval merge min minloc minval mod modulo nint pack present product random_number real repeat reshape scan selected_real_kind shape sign sin sinh size spread sqrt sum system_clock tan tanh tiny transpose trim ubound unpack verify int64 real64".split(
      " ",
    ),
  snippets: [
    {
      label: "program",
      detail: "a program",
      body: "program ${1:main}\n\timplicit none\n\t$0\nend program ${1:main}\n",
    },
    { label: "do", detail: "a loop that counts", body: "do ${1:i} = ${2:1}, ${3:n}\n\t$0\nend do" },
    { label: "if", detail: "a condition", body: "if (${1:condition}) then\n\t$0\nend if" },
    {
      label: "function",
      detail: "a function without side effects",
      body: "pure function ${1:name}(${2:x}) result(${3:y})\n\treal, intent(in) :: ${2:x}\n\treal :: ${3:y}\n\t$0\nend function ${1:name}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "do\n\tread (*, '(a)', iostat=${1:status}) ${2:line}\n\tif (${1:status} /= 0) exit\n\t$0\nend do",
    },
    {
      label: "module",
      detail: "a module",
      body: "module ${1:name}\n\timplicit none\ncontains\n\t$0\nend module ${1:name}\n",
    },
  ],
};
