package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.ContainerFiles;
import caisson.engine.FileChange;
import caisson.engine.sandbox.Sandbox;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.ArchiveSetup.Kind;
import caisson.guest.protocol.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The files of a container whose guest runs: a child of the agent's does what is asked. */
final class GuestFiles implements ContainerFiles {
  private static final int BUFFER = 32 << 10;
  private static final int MAX_STATUS = 64 << 10;
  private static final int MAX_CHANGES = 32 << 20;

  private final Sandbox sandbox;
  private final Runnable whenClosed;

  GuestFiles(Sandbox sandbox, Runnable whenClosed) {
    this.sandbox = sandbox;
    this.whenClosed = whenClosed;
  }

  @Override
  public PathStatus status(String path) {
    var answer = new ByteArrayOutputStream();
    try {
      run(new ArchiveSetup(Kind.STATUS, path, "", false, ""), new Limited(answer, MAX_STATUS));
      return status(answer.toByteArray());
    } catch (IOException | ProtocolException e) {
      throw new CaissonException(
          ErrorCode.VM_FAILED, "the guest does not say what is at " + path, e);
    }
  }

  /**
   * Reads what a guest says of a path.
   *
   * @throws ProtocolException for what it cannot say
   */
  static PathStatus status(byte[] answer) {
    var status = caisson.guest.protocol.PathStatus.of(answer);
    try {
      var modified = Instant.ofEpochSecond(status.modified());
      return new PathStatus(status.mode(), status.size(), modified, status.link());
    } catch (DateTimeException e) {
      throw new ProtocolException("there is no second " + status.modified());
    }
  }

  @Override
  public void read(String path, String name, OutputStream to) throws IOException {
    run(new ArchiveSetup(Kind.READ, path, name, false, ""), to);
  }

  @Override
  public void readRoot(OutputStream to) throws IOException {
    run(new ArchiveSetup(Kind.ROOT, "", "", false, ""), to);
  }

  @Override
  public void readLayer(boolean still, OutputStream to) throws IOException {
    run(new ArchiveSetup(Kind.LAYER, "", "", false, ""), still, to);
  }

  @Override
  public List<FileChange> changes() {
    var answer = new ByteArrayOutputStream();
    try {
      run(new ArchiveSetup(Kind.CHANGES, "", "", false, ""), new Limited(answer, MAX_CHANGES));
      return ChangeList.read(answer.toByteArray());
    } catch (IOException | ProtocolException e) {
      throw new CaissonException(
          ErrorCode.VM_FAILED, "the guest does not say what was changed: " + e.getMessage(), e);
    }
  }

  private void run(ArchiveSetup work, OutputStream to) throws IOException {
    run(work, false, to);
  }

  private void run(ArchiveSetup work, boolean still, OutputStream to) throws IOException {
    sandbox.hold(still);
    try {
      var listener = new FileWorkListener(to);
      var process = sandbox.files(work, listener);
      listener.awaitEnd(process);
    } finally {
      sandbox.release(still);
    }
  }

  @Override
  public void write(
      String path, boolean keepDirectories, Optional<String> owner, InputStream archive)
      throws IOException {
    sandbox.hold(false);
    try {
      send(new ArchiveSetup(Kind.WRITE, path, "", keepDirectories, owner.orElse("")), archive);
    } finally {
      sandbox.release(false);
    }
  }

  private void send(ArchiveSetup work, InputStream archive) throws IOException {
    var listener = new FileWorkListener(OutputStream.nullOutputStream());
    var process = sandbox.files(work, listener);
    try {
      var buffer = new byte[BUFFER];
      int length = archive.read(buffer);
      while (length >= 0 && !listener.hasEnded()) {
        process.write(buffer, 0, length);
        length = archive.read(buffer);
      }
      process.closeStdin();
    } catch (IOException e) {
      listener.giveUp(process);
      throw e;
    } catch (CaissonException e) {
      // A child that takes no more has ended, and says why.
    } catch (InterruptedException e) {
      listener.giveUp(process);
      throw FileWorkListener.interrupted(e);
    }
    listener.awaitEnd(process);
  }

  @Override
  public void close() {
    whenClosed.run();
  }

  /** A guest may say too much. */
  private static final class Limited extends OutputStream {
    private final ByteArrayOutputStream to;
    private final int most;

    Limited(ByteArrayOutputStream to, int most) {
      this.to = to;
      this.most = most;
    }

    @Override
    public void write(int each) throws IOException {
      write(new byte[] {(byte) each}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (to.size() + length > most) {
        throw new IOException("the guest says more than " + most + " bytes");
      }
      to.write(bytes, offset, length);
    }
  }
}
