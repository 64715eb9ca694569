/*
 * Makes system calls, without arguments, and prints what they failed with.
 *
 * usage: syscalls < CALLS > RESULTS
 * CALLS has lines of an entry (x86_64, x86 or x32) and a number; RESULTS repeats each with the errno, 0 if the call succeeded.
 */
#include <stdio.h>
#include <string.h>

#define X32_BIT 0x40000000L

static long enter_64(long number) {
  long result;
  register long r10 __asm__("r10") = 0;
  register long r8 __asm__("r8") = 0;
  register long r9 __asm__("r9") = 0;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(0L), "S"(0L), "d"(0L), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

static long enter_32(long number) {
  long result;
  __asm__ volatile("int $0x80"
                   : "=a"(result)
                   : "a"(number), "b"(0L), "c"(0L), "d"(0L), "S"(0L), "D"(0L)
                   : "r8", "r9", "r10", "r11", "memory");
  return (int)result;
}

int main(void) {
  char entry[16];
  long number;
  while (scanf("%15s %ld", entry, &number) == 2) {
    long result;
    if (strcmp(entry, "x86") == 0) {
      result = enter_32(number);
    } else {
      result = enter_64(strcmp(entry, "x32") == 0 ? number | X32_BIT : number);
    }
    printf("%s %ld %ld\n", entry, number, result < 0 ? -result : 0L);
  }
  return 0;
}
