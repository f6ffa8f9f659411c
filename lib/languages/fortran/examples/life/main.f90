program main
  implicit none
  integer, parameter :: height = 6, width = 12, steps = 4
  integer :: world(height, width)
  integer :: number, y

  world = 0
  world(1, 2) = 1
  world(2, 3) = 1
  world(3, 1:3) = 1
  do number = 0, steps
    print '(a, i0)', 'Step ', number
    do y = 1, height
      print '(*(a))', merge('#', '.', world(y, :) == 1)
    end do
    world = next(world)
  end do

contains

  ! The next generation. The world has no edge: a circular shift goes on at the other side.
  pure function next(now) result(after)
    integer, intent(in) :: now(height, width)
    integer :: after(height, width), neighbours(height, width), dy, dx

    neighbours = -now
    do dy = -1, 1
      do dx = -1, 1
        neighbours = neighbours + cshift(cshift(now, dy, 1), dx, 2)
      end do
    end do
    after = merge(1, 0, neighbours == 3 .or. (neighbours == 2 .and. now == 1))
  end function next
end program main
