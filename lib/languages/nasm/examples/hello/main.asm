; Greets who the input names, with nothing but system calls: the number in rax, arguments in rdi, rsi and rdx.
        global  _start

%macro  print   2                       ; what, and how long it is
        mov     eax, 1                  ; write
        mov     edi, 1                  ; to standard output
        mov     rsi, %1
        mov     edx, %2
        syscall
%endmacro

        section .rodata
hello:  db      "Hello, "
mark:   db      "!", 10

        section .bss
name:   resb    200

        section .text
_start: xor     eax, eax                ; read
        xor     edi, edi                ; from standard input
        mov     rsi, name
        mov     edx, 200
        syscall
        mov     rbx, rax                ; so many bytes
        test    rbx, rbx
        jle     .end
        cmp     byte [name + rbx - 1], 10
        jne     .greet
        dec     rbx                     ; the line end is no part of the name

.greet: print   hello, mark - hello
        print   name, ebx
        print   mark, 2

.end:   mov     eax, 60                 ; exit
        xor     edi, edi
        syscall
