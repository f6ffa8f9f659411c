; Copies the input to the output in capitals, a buffer at a time.
SIZE    equ     4096

        global  _start

        section .bss
buffer: resb    SIZE

        section .text
_start: xor     eax, eax                ; read
        xor     edi, edi
        mov     rsi, buffer
        mov     edx, SIZE
        syscall
        test    rax, rax
        jle     .end

        mov     rcx, rax
.each:  movzx   edx, byte [buffer + rcx - 1]
        sub     edx, 'a'                ; what is below becomes very large, without a sign
        cmp     edx, 'z' - 'a'
        ja      .keep
        and     byte [buffer + rcx - 1], 0xdf
.keep:  dec     rcx
        jnz     .each

        mov     rdx, rax                ; as many bytes as were read
        mov     eax, 1                  ; write
        mov     edi, 1
        mov     rsi, buffer
        syscall
        jmp     _start

.end:   mov     eax, 60                 ; exit
        xor     edi, edi
        syscall
