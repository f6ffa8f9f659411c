; The sieve of Eratosthenes: strikes out the multiples of each number that is left.
LIMIT   equ     60

        global  main
        extern  printf

        section .rodata
number: db      "%4d", 0
total:  db      10, "%d primes up to %d", 10, 0

        section .bss
struck: resb    LIMIT + 1

        section .text
main:   push    rbx
        push    r12
        push    r13                     ; three of 8 bytes, so that the stack is aligned to 16 at a call
        mov     ebx, 2
        xor     r12d, r12d              ; how many there are

.next:  cmp     byte [struck + rbx], 0
        jne     .after
        inc     r12d
        mov     edi, number
        mov     esi, ebx
        xor     eax, eax
        call    printf

        mov     eax, ebx                ; smaller multiples are struck out already
        imul    eax, ebx
.strike:
        cmp     eax, LIMIT
        ja      .after
        mov     byte [struck + rax], 1
        add     eax, ebx
        jmp     .strike

.after: inc     ebx
        cmp     ebx, LIMIT
        jbe     .next

        mov     edi, total
        mov     esi, r12d
        mov     edx, LIMIT
        xor     eax, eax
        call    printf
        pop     r13
        pop     r12
        pop     rbx
        xor     eax, eax
        ret
