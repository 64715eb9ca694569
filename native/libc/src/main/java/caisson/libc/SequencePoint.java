package caisson.libc;

import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;

/** Separates two expressions in the C that TeaVM writes; see the compiler package. */
@Include("caisson_libc.h")
public final class SequencePoint {
  private SequencePoint() {}

  /** Does nothing. */
  @Unmanaged
  @Import(name = "caisson_sequence_point")
  public static native void pass();
}
