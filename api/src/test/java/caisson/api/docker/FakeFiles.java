package caisson.api.docker;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.ContainerFiles;
import caisson.engine.FileChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container's files that are no more than their paths. */
public final class FakeFiles implements ContainerFiles {
  public final Map<String, PathStatus> paths = new HashMap<>();
  public final List<String> calls = new ArrayList<>();

  public final List<FileChange> changes = new ArrayList<>();

  /** Whether reading everything breaks off. */
  public boolean failing;

  /** Puts something there. */
  public void add(String path, int mode, String link) {
    var modified = Instant.parse("2026-01-02T03:04:05Z");
    paths.put(path, new PathStatus(mode, path.length(), modified, link));
  }

  @Override
  public PathStatus status(String path) {
    var status = paths.get(path);
    if (status == null) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "stat " + path + ": ENOENT (2)");
    }
    return status;
  }

  @Override
  public void read(String path, String name, OutputStream to) throws IOException {
    to.write(("archive of " + path + " as " + name).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void readRoot(OutputStream to) throws IOException {
    to.write("archive of everything".getBytes(StandardCharsets.UTF_8));
    if (failing) {
      throw new CaissonException(ErrorCode.VM_FAILED, "the machine is gone");
    }
  }

  @Override
  public void readLayer(boolean still, OutputStream to) throws IOException {
    to.write(("layer " + still + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<FileChange> changes() {
    return changes;
  }

  @Override
  public void write(
      String path, boolean keepDirectories, Optional<String> owner, InputStream archive)
      throws IOException {
    status(path);
    var content = new String(archive.readAllBytes(), StandardCharsets.UTF_8);
    calls.add(path + " " + keepDirectories + " " + owner + " " + content);
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
