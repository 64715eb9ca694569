package caisson.oci.seccomp;

import java.util.Arrays;
import java.util.Optional;

/** A way into the kernel of an x86-64 machine, each with numbers of its own for system calls. */
enum Architecture {
  X86_64("SCMP_ARCH_X86_64", 0xc000003e, 0, "x86_64.syscalls"),
  /** The entry of 32-bit programs, open to 64-bit ones by {@code int 0x80}. */
  X86("SCMP_ARCH_X86", 0x40000003, 0, "x86.syscalls"),
  /** 64-bit registers and 32-bit pointers: told from the first by a bit in the number. */
  X32("SCMP_ARCH_X32", 0xc000003e, 0x40000000, "x32.syscalls");

  private final String specName;
  private final int audit;
  private final int numberBit;
  private final String table;

  Architecture(String specName, int audit, int numberBit, String table) {
    this.specName = specName;
    this.audit = audit;
    this.numberBit = numberBit;
    this.table = table;
  }

  /** The architecture of that name in the runtime spec; empty for those of other machines. */
  static Optional<Architecture> named(String specName) {
    return Arrays.stream(values()).filter(it -> it.specName.equals(specName)).findFirst();
  }

  String specName() {
    return specName;
  }

  /** The value of {@code seccomp_data.arch} (linux/audit.h). */
  int audit() {
    return audit;
  }

  /** The bit that all its numbers have. */
  int numberBit() {
    return numberBit;
  }

  SyscallTable syscalls() {
    return SyscallTable.of(table);
  }
}
