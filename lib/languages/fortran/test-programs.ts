import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules in files beside it and below, in any order, and text of any script": {
      code: "program main\n  use shapes, only: area\n  implicit none\n  print '(i0)', area(3)\n  print '(a)', 'Grüße, 世界'\nend program main\n",
      files: [
        {
          path: "shapes.f90",
          content:
            "module shapes\n  use sides, only: squared\n  implicit none\ncontains\n  integer function area(side)\n    integer, intent(in) :: side\n    area = squared(side)\n  end function area\nend module shapes\n",
        },
        {
          path: "lib/sides.f90",
          content:
            "module sides\n  implicit none\ncontains\n  integer function squared(side)\n    integer, intent(in) :: side\n    squared = side*side\n  end function squared\nend module sides\n",
        },
      ],
      prints: "9\nGrüße, 世界\n",
    },
  },
  failures: {
    "a name that is not declared": {
      code: "program main\n  implicit none\n  print *, missing\nend program main\n",
      status: "compile_error",
      marked: {
        line: 3,
        column: 18,
        severity: "error",
        message: "Symbol ‘missing’ at (1) has no IMPLICIT type",
      },
    },
    "an index that is too large": {
      code: "program main\n  implicit none\n  integer :: numbers(3), i\n  numbers = [1, 2, 3]\n  i = 4\n  print *, numbers(i)\nend program main\n",
      status: "error",
      marked: {
        line: 6,
        column: null,
        severity: "error",
        message: "Fortran runtime error: Index '4' of dimension 1 of array 'numbers' above upper bound of 3",
      },
    },
    "input that has ended": {
      code: "program main\n  implicit none\n  integer :: number\n  print '(a)', 'fine'\n  read *, number\nend program main\n",
      status: "error",
      marked: { line: 5, column: null, severity: "error", message: "Fortran runtime error: End of file" },
    },
  },
  halfLines: {
    "write without advance":
      "program main\n  implicit none\n  write (*, '(a)', advance='no') 'loading'\n  do\n  end do\nend program main\n",
    "write without advance, then sleep":
      "program main\n  implicit none\n  write (*, '(a)', advance='no') 'loading'\n  call sleep(600)\nend program main\n",
  },
  memoryHog:
    "program main\n  implicit none\n  integer(1), pointer, volatile :: block(:)\n  do\n    allocate (block(1048576))\n    block = 1_1\n  end do\nend program main\n",
  manyLines:
    "program main\n  implicit none\n  integer :: i\n  write (*, '(a)') ('0123456789abcde', i = 1, 65536)\nend program main\n",
};
