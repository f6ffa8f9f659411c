program main
  implicit none
  integer, parameter :: n = 8
  integer :: columns(n) = 0, solutions = 0

  call place(1)
  print '(i0, a)', solutions, ' solutions'

contains

  ! Goes on from this row; the queens of the rows above stand in `columns`.
  recursive subroutine place(row)
    integer, intent(in) :: row
    integer :: column, above

    if (row > n) then
      if (solutions == 0) call show()
      solutions = solutions + 1
      return
    end if
    columns_of_row: do column = 1, n
      do above = 1, row - 1
        if (any(abs(columns(above) - column) == [0, row - above])) cycle columns_of_row
      end do
      columns(row) = column
      call place(row + 1)
    end do columns_of_row
  end subroutine place

  subroutine show()
    integer :: row, x

    do row = 1, n
      print '(*(a, :, 1x))', [(merge('Q', '.', x == columns(row)), x=1, n)]
    end do
  end subroutine show
end program main
