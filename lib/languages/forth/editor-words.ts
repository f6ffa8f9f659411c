/** Shared by the syntax and by completion. */
export const KEYWORDS =
  ": ; :noname if else then begin while repeat until again do ?do loop +loop leave unloop exit recurse case of endof endcase constant variable value to create does> allot , c, immediate postpone literal defer is ['] ' [char] char include require throw catch try restore endtry abort i j k".split(
    " ",
  );

export const WORDS =
  "dup drop swap over rot nip tuck pick roll ?dup 2dup 2drop 2swap 2over >r r> r@ 2>r 2r> depth clearstack + - * / mod /mod */ */mod 1+ 1- 2* 2/ abs negate min max and or xor invert lshift rshift = <> < > <= >= 0= 0<> 0< 0> u< u> within true false @ ! +! c@ c! 2@ 2! cell cells cell+ chars char+ here fill erase move cmove count type emit cr space spaces bl . u. .r u.r .s ? .( hex decimal base <# # #s #> hold sign s>d d>s m* um* um/mod sm/rem fm/mod key accept read-line read-file write-line stdin stdout stderr open-file close-file flush-file evaluate execute compare search /string -trailing bounds s>number? >number string, place +place find words see bye ms utime time&date random f+ f- f* f/ f. fsqrt fsin fcos fabs f@ f! fvariable fconstant fdup fdrop fswap s>f f>s pi struct end-struct field: begin-structure end-structure toupper".split(
    " ",
  );
