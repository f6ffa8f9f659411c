program main
  implicit none
  integer, parameter :: limit = 60
  logical :: prime(2:limit)
  integer :: i

  prime = .true.
  do i = 2, int(sqrt(real(limit)))
    if (prime(i)) prime(i*i::i) = .false.
  end do

  print '(10i4)', pack([(i, i=2, limit)], prime)
  print '(i0, a, i0)', count(prime), ' primes up to ', limit
end program main
