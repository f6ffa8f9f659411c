/** Shared by the syntax and by completion. */
export const KEYWORDS =
  "break case catch classdef continue do else elseif end end_try_catch end_unwind_protect endclassdef endenumeration endevents endfor endfunction endif endmethods endparfor endproperties endswitch endwhile enumeration events for function global if methods otherwise parfor persistent properties return switch try until unwind_protect unwind_protect_cleanup while".split(
    " ",
  );

export const FUNCTIONS =
  "abs accumarray all any arrayfun bitand bitor bitshift bitxor cat ceil cell cell2mat cellfun char chol circshift class columns complex conj containers.Map conv cos cross cummax cummin cumprod cumsum deal deblank det diag diff disp display dot double eig endsWith erf error exp eye factor factorial false fclose fdisp feval fflush fgetl fgets fieldnames find fix fliplr flipud floor fminsearch fopen fprintf fputs fscanf func2str fzero gamma gcd hist histc horzcat hypot idivide imag ind2sub inf input int32 int64 interp1 intersect inv isa iscell ischar isempty isequal isfield ismember isnumeric isprime isreal isspace isstruct kron lcm length linspace log log10 log2 logical lower lsode lu magic mat2str max mean median meshgrid min mod nchoosek ndims nnz norm not num2cell num2str numel ones perms pi pinv polyfit polyval primes printf prod qr quad rand randi randn randperm rank real regexp regexprep rem repmat reshape roots rot90 round rows setdiff sign sin size sort sprintf sqrt sscanf std strcat strcmp strcmpi strfind strjoin strjust strncmp strrep strsplit strtok strtrim struct structfun sub2ind sum svd tan tic toc toupper trace trapz tril triu true typecast uint8 union unique upper validatestring var vertcat warning zeros stdin stdout stderr NaN Inf NA eps".split(
    " ",
  );
