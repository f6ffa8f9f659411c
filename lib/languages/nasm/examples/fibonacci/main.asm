; The first Fibonacci numbers, printed by the C library: arguments in rdi, rsi and rdx, and al says that none is a float.
        global  main
        extern  printf

        section .rodata
line:   db      "%2ld %ld", 10, 0

        section .text
main:   push    rbx                     ; what these hold is our caller's
        push    r12
        push    r13
        mov     ebx, 1                  ; which one it is
        xor     r12d, r12d              ; the one before
        mov     r13d, 1                 ; this one

.next:  mov     edi, line
        mov     rsi, rbx
        mov     rdx, r13
        xor     eax, eax
        call    printf
        xadd    r13, r12                ; adds, and leaves the old one in r12
        inc     ebx
        cmp     ebx, 15
        jle     .next

        pop     r13
        pop     r12
        pop     rbx
        xor     eax, eax
        ret
