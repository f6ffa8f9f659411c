/** Shared by the syntax and by completion. */
export const DIRECTIVES =
  "use_module module initialization dynamic discontiguous table multifile ensure_loaded set_prolog_flag consult include is mod rem rdiv div xor true fail false not halt repeat once forall".split(
    " ",
  );

export const PREDICATES =
  "abs append arg asserta assertz atom atom_chars atom_codes atom_concat atom_length atom_number atom_string atomic atomic_list_concat between bagof call catch char_code char_type clause close compare copy_term current_output delete exclude findall flatten flush_output foldl format functor get_char ground include integer is_dict is_list is_set last length list_to_set listing main max_list maplist max_member member memberchk min_list min_member msort must_be nb_getval nb_setval nl nonvar nth0 nth1 number number_codes numbervars numlist partition permutation phrase portray_clause predsort print put_char random random_between read read_line_to_string read_string read_term read_term_from_atom retract retractall reverse same_length select setof sort split_string statistics string string_chars string_codes string_concat string_length string_lower string_upper sub_atom sub_string subtract succ sum_list sumlist tab term_to_atom throw time union var with_output_to write write_canonical writef writeln writeq aggregate_all pairs_keys_values pairs_values pairs_keys transpose label labeling ins all_different all_distinct sum clpfd dcg apply lists readutil user_input user_output user_error".split(
    " ",
  );
