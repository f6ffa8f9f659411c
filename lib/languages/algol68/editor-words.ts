/** Shared by the syntax and by completion. */
export const KEYWORDS =
  "AND ANDF ANDTH ASSERT BEGIN BY CASE CO COMMENT CODE DIV DO DOWNTO EDOC ELIF ELSE END ESAC EXIT FALSE FI FLEX FOR FROM GO GOTO HEAP IF IN IS ISNT LOC MODE MOD NEW NIL NOT OD OF OP OR OREL ORF OUSE OUT OVER PAR PR PRAGMAT PRIO PROC REF SKIP STRUCT THEN TO TRUE UNION UNTIL UP UPB LWB WHILE XOR ABS REPR ROUND ENTIER ODD SIGN ELEMS SHL SHR LENG SHORTEN RE IM CONJ ARG BIN PLUSAB MINUSAB TIMESAB DIVAB".split(
    " ",
  );

export const MODES =
  "BITS BOOL BYTES CHANNEL CHAR COMPL COMPLEX FILE FORMAT INT LONG PIPE REAL SEMA SHORT SOUND STRING VOID".split(
    " ",
  );

/** Names of the standard prelude. */
export const NAMES =
  "arccos arcsin arctan argc argv backspace blank char close cos create curt erase establish execute exp fixed float get getf ln log open pi print printf put putf random read readf real reset scratch sin sqrt stop string system tan whole write writef".split(
    " ",
  );

/** Those of several words. */
export const PHRASES = [
  ...[
    "new line",
    "new page",
    "stand in",
    "stand out",
    "stand error",
    "stand in channel",
    "stand out channel",
  ],
  ...[
    "end of file",
    "end of line",
    "on logical file end",
    "on value error",
    "max int",
    "max real",
    "small real",
  ],
  ...[
    "to lower",
    "to upper",
    "is lower",
    "is upper",
    "is digit",
    "is alpha",
    "is alnum",
    "is space",
    "is punct",
  ],
  ...["char in string", "last char in string", "string in string", "next random", "first random"],
];
