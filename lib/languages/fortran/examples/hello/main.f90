program main
  implicit none
  character(len=100) :: name
  integer :: status

  do
    read (*, '(a)', iostat=status) name
    if (status /= 0) exit
    print '(a)', greeting(name)
  end do

contains

  pure function greeting(name) result(text)
    character(len=*), intent(in) :: name
    character(len=:), allocatable :: text

    text = 'Hello, '//trim(name)//'!'
  end function greeting
end program main
