package caisson.launch;

import caisson.launch.spec.Identity;
import caisson.launch.spec.InvalidSpecException;
import caisson.launch.spec.LaunchSpec;
import caisson.launch.spec.SharesSpec;
import caisson.libc.Credentials;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * caisson-launch: starts the program that an encoded {@link LaunchSpec} on standard input
 * describes, confined. Once the program runs, prints its process id, and after a space that of
 * slirp4netns if there is one, and a newline, and ends with 0; otherwise prints one line on
 * standard error, leaves nothing behind and ends with 125.
 *
 * <p>With {@value #SHARES} as its second argument it changes what such a program sees of the host's
 * files, as an encoded {@link SharesSpec} on standard input says, and prints nothing.
 */
public final class Main {
  private static final int FAILED = 125;
  private static final String SHARES = "shares";

  private Main() {}

  /** The first argument is for those who look for processes by their arguments. */
  public static void main(String[] args) {
    int code = 0;
    try {
      prepareProcess();
      if (args.length > 1 && args[1].equals(SHARES)) {
        new JailShares(SharesSpec.decode(read())).change();
      } else {
        start(LaunchSpec.decode(read()));
      }
    } catch (LaunchFailure | InvalidSpecException | ErrnoException e) {
      say(2, "caisson-launch: " + e.getMessage());
      code = FAILED;
    }
    Processes.exit(code);
  }

  /** What the caller had open, blocked or ignored is none of the program's business. */
  private static void prepareProcess() {
    Descriptors.closeFrom(LaunchSpec.FIRST_DESCRIPTOR);
    Signals.resetAll();
    Signals.blockOnly();
    Signals.ignore(Signals.SIGPIPE);
    Files.setMask(077);
  }

  private static void start(LaunchSpec spec) {
    refuseWhatCannotBe(spec);
    say(1, join(new Launch(spec).run()));
  }

  private static byte[] read() {
    ByteArrayOutputStream description = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int length = 1;
    while (length > 0 && description.size() <= LaunchSpec.MAX_BYTES) {
      length = Descriptors.read(0, buffer, 0, buffer.length);
      description.write(buffer, 0, Math.max(0, length));
    }
    int nothing = Files.open("/dev/null", Files.O_RDWR);
    Descriptors.duplicateTo(nothing, 0);
    Descriptors.close(nothing);
    return description.toByteArray();
  }

  private static void refuseWhatCannotBe(LaunchSpec spec) {
    boolean root = Credentials.effectiveUid() == 0;
    boolean dedicated = spec.confinement().identity() instanceof Identity.Dedicated;
    if (root && !dedicated) {
      throw new LaunchFailure("root has to name a user of the VM's own for the program");
    }
    if (!root && dedicated) {
      throw new LaunchFailure("only root can give the program a user of its own");
    }
  }

  private static String join(List<Integer> numbers) {
    StringBuilder joined = new StringBuilder();
    for (int number : numbers) {
      joined.append(joined.isEmpty() ? "" : " ").append(number);
    }
    return joined.toString();
  }

  private static void say(int fd, String line) {
    Descriptors.writeAll(fd, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
