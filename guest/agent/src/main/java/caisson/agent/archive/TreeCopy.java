package caisson.agent.archive;

import caisson.guest.protocol.Outcome;
import caisson.guest.tar.TarReader;
import caisson.guest.tar.TarWriter;
import caisson.libc.Descriptors;
import caisson.libc.ExitStatus;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.Processes;
import java.util.Optional;

/** Copies what is in one directory into another: a child archives it, this process extracts it. */
public final class TreeCopy {
  private static final int PERMISSIONS = 07777;

  private TreeCopy() {}

  /**
   * Copies the content of {@code from}, and whose {@code from} is, to {@code to}; both are open
   * directories. The working directory is {@code to} afterwards.
   */
  public static void copy(int from, int to) {
    int[] ends = Descriptors.pipe(Files.O_CLOEXEC);
    int child = Processes.fork();
    if (child == 0) {
      Descriptors.close(ends[0]);
      archive(from, ends[1]);
    }
    Descriptors.close(ends[1]);
    Files.changeDirectory(to);
    new Extraction(new TarReader(new DescriptorBytes(ends[0])), true, Optional.empty()).run();
    Descriptors.close(ends[0]);
    if (!Processes.await(child).equals(new ExitStatus.Exited(0))) {
      throw new ArchiveFailure(Outcome.REFUSED, "not everything could be read");
    }
    FileStatus status = FileStatus.of(from);
    Files.setOwner(".", status.uid(), status.gid(), 0);
    Files.setMode(".", status.mode() & PERMISSIONS);
  }

  /** Never returns. */
  private static void archive(int from, int pipe) {
    int code = 1;
    try {
      DescriptorBytes output = new DescriptorBytes(pipe);
      TarWriter writer = new TarWriter(output);
      new TreeArchive(writer).addContent(from);
      writer.end();
      output.flush();
      code = 0;
    } finally {
      Processes.exit(code);
    }
  }
}
