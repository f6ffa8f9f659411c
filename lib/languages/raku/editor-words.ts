/** Shared by the syntax and by completion. */
export const KEYWORDS =
  "my our state constant has is does but sub method submethod multi proto only class role grammar module package enum subset where returns of token rule regex if elsif else unless with orwith without given when default for while until loop repeat last next redo succeed proceed return fail die try do gather take start await react supply whenever emit done quietly use no need import unit require BEGIN END INIT CHECK LEAVE ENTER CATCH CONTROL KEEP UNDO FIRST LAST NEXT self so not and or xor andthen orelse div mod gcd lcm eq ne lt gt le ge cmp leg min max minmax x xx Z X R".split(
    " ",
  );

export const FUNCTIONS =
  "abs all any append atan2 base categorize ceiling chars chomp chop chr classify combinations comb contains cos deepmap defined elems ends-with exit exp expmod fc first flat flip floor fmt get gist grep hash head is-prime index indices Int invert join keys kv lc lines list log log10 lsb map max min narrow none note Num one ords ord pairs pairup parse permutations pick polymod pop prepend print printf produce prompt push put rand raku reduce reverse roll rotate round rotor say shift sin skip sleep slip slurp snip sort splice split sprintf sqrt squish starts-with Str subst substr sum tail tc tclc time trans trim truncate uc unique uniname uniparse unshift values wordcase words zip Array Bag BagHash Bool Complex Cool Date DateTime Exception FatRat Hash Junction List Map Match Mu Nil Pair Promise Range Rat Seq Set SetHash Supply True False Whatever pi tau".split(
    " ",
  );
