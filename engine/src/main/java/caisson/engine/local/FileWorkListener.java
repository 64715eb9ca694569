package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Output.Source;
import caisson.engine.Signal;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.ProcessEvents;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** What a guest's work with files gives: bytes for somebody, and how it ended. */
final class FileWorkListener implements ProcessEvents {
  /** How much of what goes wrong is told. */
  private static final int MAX_WORDS = 4096;

  private final OutputStream to;
  private final ByteArrayOutputStream words = new ByteArrayOutputStream();
  private final CompletableFuture<IOException> refused = new CompletableFuture<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final CountDownLatch endOrRefusal = new CountDownLatch(1);

  FileWorkListener(OutputStream to) {
    this.to = to;
  }

  @Override
  public void output(Source source, byte[] bytes) {
    if (source == Source.STDERR) {
      words.write(bytes, 0, Math.min(bytes.length, MAX_WORDS - words.size()));
    } else if (!refused.isDone()) {
      try {
        to.write(bytes);
      } catch (IOException e) {
        refused.complete(e);
        endOrRefusal.countDown();
      }
    }
  }

  @Override
  public void exited() {}

  @Override
  public void ended(End how) {
    end.complete(how);
    endOrRefusal.countDown();
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /**
   * Waits until the work is done.
   *
   * @throws CaissonException for what the guest says went wrong
   * @throws IOException if its output was not taken
   */
  void awaitEnd(GuestProcess process) throws IOException {
    try {
      endOrRefusal.await();
      if (refused.isDone()) {
        giveUp(process);
        throw refused.get();
      }
      check(end.get());
    } catch (InterruptedException e) {
      giveUp(process);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes these with a failure", e);
    }
  }

  /** Ends what nobody waits for. */
  void giveUp(GuestProcess process) {
    try {
      process.signal(Signal.KILL);
    } catch (CaissonException e) {
      // It has ended by itself, or its machine has.
    }
  }

  static CaissonException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CaissonException(ErrorCode.UNAVAILABLE, "interrupted while files were copied", e);
  }

  private void check(End how) {
    if (how.error().isPresent()) {
      throw new CaissonException(ErrorCode.VM_FAILED, how.error().get());
    }
    var code = errorCode(how.code());
    if (code.isPresent()) {
      var said = words.toString(StandardCharsets.UTF_8);
      throw new CaissonException(
          code.get(), said.isEmpty() ? "the guest failed to copy, code " + how.code() : said);
    }
  }

  private static Optional<ErrorCode> errorCode(int code) {
    try {
      return switch (Outcome.of(code)) {
        case OK -> Optional.empty();
        case NOT_FOUND -> Optional.of(ErrorCode.NOT_FOUND);
        case INVALID -> Optional.of(ErrorCode.INVALID_ARGUMENT);
        case LIMIT -> Optional.of(ErrorCode.NO_RESOURCES);
        case CONFLICT -> Optional.of(ErrorCode.CONFLICT);
        case REFUSED, COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE -> Optional.of(ErrorCode.INTERNAL);
      };
    } catch (ProtocolException e) {
      return Optional.of(ErrorCode.INTERNAL);
    }
  }
}
