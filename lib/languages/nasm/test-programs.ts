import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "sources beside it, the C library, and text of any script": {
      code: `        global  main
        extern  half, printf

        section .rodata
line:   db      "%d Grüße, 世界", 10, 0

        section .text
main:   sub     rsp, 8
        mov     edi, 6
        call    half
        mov     edi, line
        mov     esi, eax
        xor     eax, eax
        call    printf
        add     rsp, 8
        xor     eax, eax
        ret
`,
      files: [
        {
          path: "lib/half.asm",
          content:
            "        global  half\n\n        section .text\nhalf:   mov     eax, edi\n        shr     eax, 1\n        ret\n",
        },
      ],
      prints: "3 Grüße, 世界\n",
    },
    "a file that is included, and the C library without its start": {
      code: `%include "exit.inc"
        global  _start
        extern  puts, fflush

        section .rodata
text:   db      "fine", 0

        section .text
_start: mov     edi, text
        call    puts
        xor     edi, edi
        call    fflush
        exit    0
`,
      files: [
        {
          path: "exit.inc",
          content:
            "%macro exit 1\n        mov     eax, 60\n        mov     edi, %1\n        syscall\n%endmacro\n",
        },
      ],
      prints: "fine\n",
    },
  },
  failures: {
    "a name that is not declared": {
      code: "        global  _start\n\n        section .text\n_start: mov     eax, 60\n        mov     edi, missing\n        syscall\n",
      status: "compile_error",
      marked: { line: 5, column: null, severity: "error", message: "symbol `missing' not defined" },
    },
    "registers that do not go together": {
      code: "        global  _start\n\n        section .text\n_start: mov     eax, rbx\n        syscall\n",
      status: "compile_error",
      marked: {
        line: 4,
        column: null,
        severity: "error",
        message: "invalid combination of opcode and operands",
      },
    },
  },
  halfLines: {
    "a system call": `        global  _start

        section .rodata
text:   db      "loading"

        section .text
_start: mov     eax, 1
        mov     edi, 1
        mov     rsi, text
        mov     edx, 7
        syscall
.again: jmp     .again
`,
    "printf, then sleep": `        global  main
        extern  printf, sleep

        section .rodata
text:   db      "loading", 0

        section .text
main:   sub     rsp, 8
        mov     edi, text
        xor     eax, eax
        call    printf
.again: mov     edi, 600
        call    sleep
        jmp     .again
`,
  },
  memoryHog: `        global  _start

        section .text
_start: mov     eax, 9
        xor     edi, edi
        mov     esi, 1048576
        mov     edx, 3
        mov     r10d, 0x22
        mov     r8, -1
        xor     r9d, r9d
        syscall
        mov     ecx, 256
.touch: mov     byte [rax], 1
        add     rax, 4096
        dec     ecx
        jnz     .touch
        jmp     _start
`,
  manyLines: `        global  main
        extern  puts

        section .rodata
line:   db      "0123456789abcde", 0

        section .text
main:   push    rbx
        mov     ebx, 65536
.next:  mov     edi, line
        call    puts
        dec     ebx
        jnz     .next
        pop     rbx
        xor     eax, eax
        ret
`,
};
