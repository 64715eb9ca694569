package caisson.cli.command;

import caisson.cli.client.ApiClient;
import caisson.cli.client.Target;
import caisson.cli.copy.CopyPath;
import caisson.cli.copy.LocalArchive;
import caisson.cli.copy.LocalExtraction;
import caisson.cli.copy.PathStat;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code cp}: copies files and directories between a container and here. */
public final class Cp implements Command {
  private static final Flag<Boolean> ARCHIVE =
      Flag.toggle("a", "archive", "Archive mode (copy all uid/gid information)");
  private static final Flag<Boolean> FOLLOW =
      Flag.toggle("L", "follow-link", "Always follow symbol link in SRC_PATH");
  private static final Flag<Boolean> QUIET =
      Flag.toggle("q", "quiet", "Suppress progress output during copy (there is none)");
  private static final String STANDARD_STREAM = "-";

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|- or SRC_PATH|- CONTAINER:DEST_PATH",
        "Copy files/folders between a container and the local filesystem",
        Arity.exactly(2),
        ARCHIVE,
        FOLLOW,
        QUIET);
  }

  @Override
  public int run(Session session, Invocation call) {
    var source = CopyPath.parse(call.first());
    var target = CopyPath.parse(call.rest().getFirst());
    boolean follow = call.get(FOLLOW);
    if (source.isInContainer() == target.isInContainer()) {
      throw Values.invalid(
          source.isInContainer()
              ? "copying between containers is not supported"
              : "must specify at least one container source");
    }
    try {
      if (source.isInContainer()) {
        copyOut(session, source, target.path(), follow);
      } else {
        copyIn(session, source.path(), target, follow, call.get(ARCHIVE));
      }
      return OK;
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }

  private static Target archive(String container, String path) {
    return Target.of("containers", container, "archive").with("path", path);
  }

  private static void copyOut(Session session, CopyPath source, String target, boolean follow)
      throws IOException {
    var path = follow ? followed(session, source) : source.path();
    try (var answer =
        session.api().open("GET", archive(source.container(), path), Optional.empty())) {
      if (target.equals(STANDARD_STREAM)) {
        Download.copy(answer.body(), session.console().out());
      } else {
        var stat = PathStat.of(answer.header(PathStat.HEADER));
        LocalExtraction.of(stat, path, target).run(answer.body());
      }
    }
  }

  /** Where a link leads that the container has at the path. */
  private static String followed(Session session, CopyPath source) throws IOException {
    var stat = stat(session, source.container(), source.path());
    return stat.filter(PathStat::isLink).map(it -> it.target(source.path())).orElse(source.path());
  }

  private static Optional<PathStat> stat(Session session, String container, String path)
      throws IOException {
    var answer = session.api().head(archive(container, path));
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(PathStat.of(answer.get().header(PathStat.HEADER)));
  }

  private static void copyIn(
      Session session, String source, CopyPath target, boolean follow, boolean owners)
      throws IOException {
    if (source.equals(STANDARD_STREAM)) {
      upload(session, target.container(), target.path(), owners, session.console().in());
      return;
    }
    var there = stat(session, target.container(), target.path());
    var path = target.path();
    if (there.isPresent() && there.get().isLink()) {
      path = there.get().target(path);
      there = stat(session, target.container(), path);
    }
    var file = Path.of(source);
    if (!Files.exists(file)) {
      throw Values.invalid("lstat " + file.toAbsolutePath() + ": no such file or directory");
    }
    var archive = LocalArchive.of(source, follow, path, there);
    try (var content = archive.open()) {
      upload(session, target.container(), archive.directory(), owners, content);
    }
  }

  private static void upload(
      Session session, String container, String path, boolean owners, InputStream archive)
      throws IOException {
    var target =
        archive(container, path).with("noOverwriteDirNonDir", true).with("copyUIDGID", owners);
    try (var answer = session.api().put(target, archive)) {
      answer.body().readAllBytes();
    }
  }
}
