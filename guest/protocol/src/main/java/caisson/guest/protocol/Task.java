package caisson.guest.protocol;

import java.util.List;

/**
 * A process as the guest's kernel counts it (proc(5)).
 *
 * @param state one letter
 * @param terminal device number of its terminal, 0 without one
 * @param started nanoseconds since 1970
 * @param cpu nanoseconds
 * @param virtual bytes of address space
 * @param resident bytes in memory
 * @param command its arguments with blanks between, or its name in brackets
 */
public record Task(
    int pid,
    int parent,
    int uid,
    char state,
    int terminal,
    long started,
    long cpu,
    long virtual,
    long resident,
    String name,
    String command) {
  /** The longest command that is told, in characters. */
  public static final int MAX_COMMAND = 512;

  /** How many processes are told of: what fits into a frame. */
  public static final int MAX_TASKS = 256;

  /** An answer's body. */
  public static byte[] toBytes(List<Task> tasks) {
    return new Encoder().list(tasks, (task, out) -> task.write(out)).toBytes();
  }

  private void write(Encoder out) {
    out.i32(pid).i32(parent).i32(uid).u8(state).i32(terminal).i64(started).i64(cpu);
    out.i64(virtual).i64(resident).string(name).string(command);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws ProtocolException if it is anything else
   */
  public static List<Task> of(byte[] body) {
    Decoder in = new Decoder(body, 0, body.length);
    List<Task> tasks = in.list(Task::read);
    in.finish();
    return tasks;
  }

  private static Task read(Decoder in) {
    return new Task(
        in.i32(),
        in.i32(),
        in.i32(),
        (char) in.u8(),
        in.i32(),
        in.i64(),
        in.size(),
        in.size(),
        in.size(),
        in.string(),
        in.string());
  }
}
