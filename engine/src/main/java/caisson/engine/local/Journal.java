package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.ContainerState;
import caisson.linux.DurableFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The latest state of every container: an append-only file of lines {@code {"id":…,"run":…,
 * "state":…}}, the last line of a container counting. A state is in the file when {@link #append}
 * returns, so the death of the daemon loses nothing; it reaches the disk a moment later, together
 * with others. When the file has grown it is written anew with only what counts.
 */
final class Journal implements AutoCloseable {
  private static final long SMALLEST_REWRITTEN = 1 << 20;
  private static final long RETRY_MILLIS = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private final Path path;
  private final Map<ContainerId, Entry> entries = new LinkedHashMap<>();
  private final Thread syncer;
  private FileChannel channel;
  private long size;
  private long rewriteAt;
  private boolean dirty;
  private boolean owed;
  private boolean closed;

  /**
   * What is known of a container.
   *
   * @param restarts how often in a row it was started again
   * @param stopped whether somebody has stopped it
   * @param stdoutBase the log's length of standard output when this run began
   * @param stderrBase the same for standard error
   */
  record Entry(
      ContainerState state, int restarts, boolean stopped, long stdoutBase, long stderrBase) {}

  private Journal(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    this.syncer = Thread.ofPlatform().name("journal").daemon().unstarted(this::syncLoop);
  }

  /** Opens the journal at {@code path}; a last line that a crash cut short is dropped. */
  static Journal open(Path path) {
    try {
      var journal = new Journal(path, append(path));
      journal.load();
      journal.shorten();
      journal.syncer.start();
      return journal;
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  private static FileChannel append(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void load() throws IOException {
    var text = Files.readString(path, StandardCharsets.ISO_8859_1);
    cutBack(text.lastIndexOf('\n') + 1L);
    for (var line : Files.readString(path, StandardCharsets.UTF_8).split("\n", -1)) {
      try {
        var json = JSON.readTree(line);
        if (json == null || !json.hasNonNull("id")) {
          continue;
        }
        var id = new ContainerId(json.path("id").asText());
        var state = StateJson.read(json);
        entries.put(
            id,
            new Entry(
                state,
                json.path("restarts").asInt(),
                json.path("stopped").asBoolean(),
                json.path("stdout").asLong(),
                json.path("stderr").asLong()));
      } catch (JsonProcessingException | IllegalArgumentException | CaissonException e) {
        LOG.log(System.Logger.Level.WARNING, "journal: skipped a damaged line: " + line);
      }
    }
  }

  synchronized Optional<Entry> entry(ContainerId id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** Notes the container's new state. */
  synchronized void append(ContainerId id, Entry entry) {
    var before = size;
    try {
      write(line(id, entry));
      entries.put(id, entry);
      dirty = true;
      notifyAll();
    } catch (IOException e) {
      cutBack(before);
      throw failed("write", path, e);
    }
    if (size > rewriteAt) {
      shorten();
    }
  }

  /**
   * Notes what has happened already and cannot be refused: without room for it now it is written as
   * soon as there is some.
   */
  synchronized void appendInTime(ContainerId id, Entry entry) {
    try {
      append(id, entry);
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.ERROR, e.text() + "; it will be tried again");
      entries.put(id, entry);
      owed = true;
      notifyAll();
    }
  }

  /** Forgets all other containers: those that were removed are not noted as such. */
  synchronized void retain(Set<ContainerId> known) {
    entries.keySet().retainAll(known);
  }

  /** Forgets a container that was removed. */
  synchronized void forget(ContainerId id) {
    entries.remove(id);
  }

  private void cutBack(long length) {
    try {
      channel.truncate(length).position(length);
      size = length;
    } catch (IOException e) {
      // The next line begins behind a torn one, which is skipped when the journal is read.
    }
  }

  private void write(byte[] line) throws IOException {
    var buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    size += line.length;
  }

  private static byte[] line(ContainerId id, Entry entry) {
    ObjectNode json = StateJson.write(entry.state());
    json.put("id", id.value()).put("restarts", entry.restarts()).put("stopped", entry.stopped());
    json.put("stdout", entry.stdoutBase()).put("stderr", entry.stderrBase());
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the file anew with only what counts; without room for that it stays as long as it is.
   */
  private void shorten() {
    try {
      var all = new ByteArrayOutputStream();
      entries.forEach((id, entry) -> all.writeBytes(line(id, entry)));
      DurableFiles.write(path, all.toByteArray());
      owed = false;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "journal: cannot write " + path + " anew: " + e);
    }
    reopen();
    rewriteAt = Math.max(SMALLEST_REWRITTEN, 2 * size);
  }

  /** Goes on behind the end of the file that is there. */
  private void reopen() {
    try {
      channel.close();
      channel = append(path);
      size = channel.size();
      channel.position(size);
    } catch (IOException e) {
      throw failed("open", path, e);
    }
  }

  private void syncLoop() {
    try {
      for (var next = awaitDirty(); next.isPresent(); next = awaitDirty()) {
        sync(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sync(FileChannel written) {
    try {
      written.force(false);
    } catch (ClosedChannelException e) {
      // Written anew in the meantime, and that is on the disk when it is done.
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "journal: cannot sync " + path, e);
    }
  }

  private synchronized Optional<FileChannel> awaitDirty() throws InterruptedException {
    while (!dirty && !closed) {
      wait(owed ? RETRY_MILLIS : 0);
      if (owed && !closed) {
        shorten();
      }
    }
    dirty = false;
    return closed ? Optional.empty() : Optional.of(channel);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (owed) {
        shorten();
      }
      notifyAll();
    }
    try {
      channel.force(false);
      channel.close();
    } catch (IOException e) {
      throw failed("close", path, e);
    }
  }

  private static CaissonException failed(String action, Path path, IOException cause) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES,
        "cannot " + action + " the journal " + path + ": " + cause.getMessage(),
        cause);
  }
}
