package caisson.engine.local;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Volume;
import caisson.engine.VolumeRequest;
import caisson.linux.DurableFiles;
import caisson.linux.SparseFile;
import caisson.rootfs.WritableDisk;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Volumes on this host's disk: there whole or not at all, whenever the daemon is killed. */
final class VolumeFiles {
  /** Deeper ones no path of the kernel's leads to. */
  private static final int MAX_DEPTH = 2048;

  private VolumeFiles() {}

  /**
   * Makes a volume in {@code directory}, which is there when it is whole.
   *
   * @param forContainer whether it is there for a container that is to be made
   */
  static Volume create(Path directory, String name, VolumeRequest request, boolean forContainer) {
    var unfinished = directory.resolveSibling(directory.getFileName() + DurableFiles.UNFINISHED);
    var stored = StoredVolume.of(name, request, Instant.now());
    try {
      DurableFiles.deleteTree(unfinished);
      DurableFiles.createDirectories(unfinished);
      var place = stored.place(unfinished);
      if (request.disk().isPresent()) {
        WritableDisk.create(place, request.disk().get());
      } else {
        DurableFiles.createDirectories(place);
      }
      stored.write(unfinished);
      new VolumeClaim(unfinished).write(!forContainer);
      DurableFiles.move(unfinished, directory);
      return stored.volume(directory);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot make the volume " + name + ": " + e.getMessage(), e);
    }
  }

  /** Removes a volume with its files. */
  static void delete(Path directory) {
    try {
      DurableFiles.deleteTree(directory);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot remove the volume " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Reads a volume; what is none, or not whole, is removed. */
  static Optional<Volume> load(Path directory) throws IOException {
    var name = directory.getFileName().toString();
    if (name.endsWith(DurableFiles.UNFINISHED)) {
      DurableFiles.deleteTree(directory);
      return Optional.empty();
    }
    try {
      return Optional.of(StoredVolume.read(directory).volume(directory));
    } catch (IOException | CaissonException e) {
      // Somebody's files may still be in it.
      System.getLogger("caisson.engine")
          .log(System.Logger.Level.ERROR, "skipped the damaged volume " + name + ": " + e);
      return Optional.empty();
    }
  }

  /**
   * What a disk takes on this one, or the sizes of a directory's files; none of them is opened.
   * What no path leads to, because a guest has nested it too deeply or removes it meanwhile, is
   * left out.
   */
  static ByteSize diskUsage(Volume volume) {
    try {
      if (volume.disk().isPresent()) {
        return new ByteSize(
            SparseFile.extents(volume.place()).stream().mapToLong(SparseFile.Extent::length).sum());
      }
      var sizes = new Sizes();
      Files.walkFileTree(volume.place(), Set.of(), MAX_DEPTH, sizes);
      return new ByteSize(sizes.bytes);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot see how large the volume " + volume.name() + " is: " + e, e);
    }
  }

  private static final class Sizes extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
