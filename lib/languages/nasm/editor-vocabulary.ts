import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "adc add and bsf bsr bswap bt call cdq cld cmova cmovae cmovb cmovbe cmove cmovg cmovge cmovl cmovle cmovne cmp cqo dec div imul inc ja jae jb jbe je jg jge jl jle jmp jne jns jnz js jz lea leave lodsb loop mov movaps movsb movsd movss movsx movsxd movzx mul neg nop not or pop popcnt push rep repe repne ret rol ror sar sbb scasb seta setb sete setg setl setne shl shr stosb sub syscall test xadd xchg xor addsd subsd mulsd divsd sqrtsd cvtsi2sd cvttsd2si".split(
      " ",
    ),
  library:
    "global extern section .text .data .bss .rodata default rel db dw dd dq resb resw resd resq equ times byte word dword qword rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 eax ebx ecx edx esi edi al bl cl dl xmm0 xmm1 _start main printf puts scanf putchar getchar malloc free exit strlen".split(
      " ",
    ),
  snippets: [
    {
      label: "start",
      detail: "a program of system calls",
      body: "\tglobal\t_start\n\n\tsection\t.text\n_start:\t$0\n\n\tmov\teax, 60\n\txor\tedi, edi\n\tsyscall\n",
    },
    {
      label: "main",
      detail: "a program that calls the C library",
      body: "\tglobal\tmain\n\textern\tprintf\n\n\tsection\t.text\nmain:\tsub\trsp, 8\n\t$0\n\tadd\trsp, 8\n\txor\teax, eax\n\tret\n",
    },
    {
      label: "write",
      detail: "the system call that writes",
      body: "mov\teax, 1\nmov\tedi, 1\nmov\trsi, ${1:text}\nmov\tedx, ${2:length}\nsyscall",
    },
    {
      label: "read",
      detail: "the system call that reads",
      body: "xor\teax, eax\nxor\tedi, edi\nmov\trsi, ${1:buffer}\nmov\tedx, ${2:size}\nsyscall",
    },
    { label: "macro", detail: "a macro", body: "%macro ${1:name} ${2:1}\n\t$0\n%endmacro" },
  ],
};
