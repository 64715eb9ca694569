package caisson.agent.archive;

import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.PathStatus;
import caisson.guest.tar.TarException;
import caisson.guest.tar.TarReader;
import caisson.guest.tar.TarWriter;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.MountTree;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a child does with a container's files, once it sees the container's root as its own: reads
 * them to its standard output, or writes them from its standard input. What goes wrong it says on
 * standard error and by its exit code, which is an {@link Outcome}'s number.
 */
public final class ArchiveWork {
  private static final int OUTPUT = 1;
  private static final int ERROR = 2;

  private ArchiveWork() {}

  /** Does the work; answers the exit code. */
  public static int run(ArchiveSetup setup, Owners owners) {
    return guarded(() -> perform(setup, owners));
  }

  /** Tells what a container has changed in its image; answers the exit code. */
  public static int tellChanges(OwnLayer layer) {
    return guarded(() -> {
      DescriptorBytes output = new DescriptorBytes(OUTPUT);
      if (Files.exists(layer.upper())) {
        new TreeChanges(layer, output).run();
      }
      output.flush();
    });
  }

  /** Reads what a container has of its own as a layer; answers the exit code. */
  public static int readLayer(OwnLayer layer) {
    return guarded(() ->
        send(writer -> {
          if (Files.exists(layer.upper())) {
            TreeArchive.addLayer(writer, layer);
          }
        }));
  }

  private static int guarded(Runnable work) {
    try {
      work.run();
      return Outcome.OK.number();
    } catch (ArchiveFailure e) {
      return fail(e.outcome(), String.valueOf(e.getMessage()));
    } catch (TarException e) {
      return fail(Outcome.INVALID, String.valueOf(e.getMessage()));
    } catch (ErrnoException e) {
      return fail(outcome(e.errno()), e.getMessage());
    } catch (RuntimeException e) {
      return fail(Outcome.REFUSED, "cannot copy: " + e);
    }
  }

  /** Finds who a user of the container is. */
  public interface Owners {
    /** {@code uid} and {@code gid} of a user as Docker writes it. */
    int[] find(String user);
  }

  private static Outcome outcome(int errno) {
    return switch (errno) {
      case Errno.ENOENT, Errno.ENOTDIR -> Outcome.NOT_FOUND;
      case Errno.EROFS, Errno.EEXIST, Errno.ENOTEMPTY -> Outcome.INVALID;
      case Errno.ENOSPC -> Outcome.LIMIT;
      default -> Outcome.REFUSED;
    };
  }

  private static int fail(Outcome outcome, String message) {
    Descriptors.writeAll(ERROR, message.getBytes(StandardCharsets.UTF_8));
    return outcome.number();
  }

  private static void perform(ArchiveSetup setup, Owners owners) {
    Files.changeDirectory("/");
    Files.setMask(0);
    switch (setup.kind()) {
      case STATUS -> tellStatus(setup.path());
      case READ -> read(setup);
      case WRITE -> write(setup, owners);
      case ROOT -> readRoot();
      case CHANGES, LAYER ->
          throw new ArchiveFailure(Outcome.INVALID, "the root does not say what is its own");
    }
  }

  private static void tellStatus(String path) {
    FileStatus status = FileStatus.ofLink(path);
    String link = status.isSymbolicLink() ? Files.readLink(path) : "";
    Descriptors.writeAll(
        OUTPUT, new PathStatus(status.mode(), status.size(), status.modified(), link).toBytes());
  }

  private static void read(ArchiveSetup setup) {
    send(writer -> new TreeArchive(writer).add(setup.path(), setup.name()));
  }

  /** A copy of the root's mount alone has nothing mounted on it. */
  private static void readRoot() {
    int root = Files.open("/", Files.O_PATH | Files.O_DIRECTORY);
    try (MountTree alone = MountTree.copyOf(root, false, "/")) {
      send(writer -> new TreeArchive(writer).addContent(alone.fd()));
    } finally {
      Descriptors.close(root);
    }
  }

  private static void send(Consumer<TarWriter> content) {
    DescriptorBytes output = new DescriptorBytes(OUTPUT);
    TarWriter writer = new TarWriter(output);
    content.accept(writer);
    writer.end();
    output.flush();
  }

  private static void write(ArchiveSetup setup, Owners owners) {
    if (!FileStatus.of(setup.path()).isDirectory()) {
      throw new ArchiveFailure(
          Outcome.INVALID, "extraction point is not a directory: " + setup.path());
    }
    Optional<Extraction.Owner> owner = Optional.empty();
    if (!setup.owner().isEmpty()) {
      int[] found = owners.find(setup.owner());
      owner = Optional.of(new Extraction.Owner(found[0], found[1]));
    }
    Files.changeDirectory(setup.path());
    TarReader reader = new TarReader(new DescriptorBytes(0));
    new Extraction(reader, setup.keepDirectories(), owner).run();
  }
}
