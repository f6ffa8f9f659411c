import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "define define* define-syntax define-record-type define-module define-values let let* letrec letrec* let-values let*-values named-lambda lambda lambda* case-lambda if cond case when unless and or not begin do delay force set! quote quasiquote unquote syntax-rules syntax-case parameterize receive match match-lambda guard raise use-modules import export".split(
      " ",
    ),
  library:
    "abs append append-map apply assoc assq assq-ref assv boolean? call-with-current-continuation call-with-values call-with-output-string car cdr cadr cddr caddr ceiling char->integer char-downcase char-upcase char-alphabetic? char-numeric? char-whitespace? concatenate cons count current-input-port current-output-port delete delete-duplicates display drop dynamic-wind eof-object? eq? equal? eqv? error even? every exact exact->inexact exit expt filter filter-map find first floor floor/ fold fold-right for-each force-output format gcd hash-for-each hash-fold hash-map->list hash-ref hash-set! hash-table-ref inexact->exact integer->char iota last lcm length list list->string list-copy list-head list-index list-ref list-sort list-tail list? make-hash-table make-string make-vector map max member min modulo negative? newline null? number->string number? odd? pair? partition positive? procedure? quotient random read read-line read-string reduce remainder remove reverse round sort sqrt string string->list string->number string->symbol string-append string-contains string-downcase string-for-each string-index string-join string-length string-null? string-pad string-pad-right string-ref string-reverse string-split string-tokenize string-trim-both string-upcase string=? string<? string? substring symbol->string symbol? take truncate unfold values vector vector->list vector-fill! vector-for-each vector-length vector-map vector-ref vector-set! vector? with-exception-handler write zero? srfi-1 srfi-9 srfi-13 srfi-43 ice-9 rdelim".split(
      " ",
    ),
  snippets: [
    { label: "define", detail: "a function", body: "(define (${1:name} ${2:arguments})\n\t$0)" },
    { label: "let", detail: "local variables", body: "(let ((${1:name} ${2:value}))\n\t$0)" },
    {
      label: "loop",
      detail: "a loop by its name",
      body: "(let loop ((${1:i} ${2:0}))\n\t(when (< ${1:i} ${3:10})\n\t\t$0\n\t\t(loop (+ ${1:i} 1))))",
    },
    {
      label: "cond",
      detail: "conditions",
      body: "(cond\n\t(${1:condition} ${2:value})\n\t(else ${3:other}))$0",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "(use-modules (ice-9 rdelim))\n\n(let loop ((line (read-line)))\n\t(unless (eof-object? line)\n\t\t$0\n\t\t(loop (read-line))))",
    },
    {
      label: "record",
      detail: "a record type",
      body: "(define-record-type <${1:point}>\n\t(make-${1:point} ${2:x})\n\t${1:point}?\n\t(${2:x} ${1:point}-${2:x}))$0",
    },
  ],
};
