/** Shared by the syntax and by completion. */
export const KEYWORDS =
  "BEGIN END BEGINFILE ENDFILE function func if else while for do break continue next nextfile exit return delete in getline print printf switch case default".split(
    " ",
  );

export const FUNCTIONS =
  "and asort asorti atan2 bindtextdomain close compl cos exp fflush gensub gsub index int isarray length log lshift match mktime or patsplit rand rshift sin split sprintf sqrt srand strftime strtonum sub substr system systime tolower toupper typeof xor".split(
    " ",
  );

export const VARIABLES =
  "ARGC ARGV BINMODE CONVFMT ENVIRON ERRNO FIELDWIDTHS FILENAME FNR FPAT FS FUNCTAB IGNORECASE NF NR OFMT OFS ORS PROCINFO RLENGTH RS RSTART RT SUBSEP SYMTAB".split(
    " ",
  );
