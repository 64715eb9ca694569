package caisson.engine;

/** A piece of a process's output. A terminal's output is all {@link Source#STDOUT}. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Output(Source source, byte[] bytes) {
  /** Where output comes from. */
  public enum Source {
    STDOUT(0),
    STDERR(1);

    private final int index;

    Source(int index) {
      this.index = index;
    }

    /** Its place in arrays that hold something for each source. */
    public int index() {
      return index;
    }
  }
}
