package caisson.it;

import caisson.testkit.ImageArchives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A docker-archive of Debian in three layers, made by GNU tar: the second takes files and the whole
 * content of a directory away (image-spec, layer.md, "Whiteouts"), the third some of the second's.
 */
final class DebianLayers {
  /** What is in them; the names of whiteouts begin with .wh. */
  private static final String MAKE =
      """
      set -e
      cd "$1"
      mkdir -p second/etc second/usr/share/doc second/usr/share/bash-completion second/srv third/srv third/etc
      touch second/etc/.wh.issue second/etc/.wh.cron.daily second/usr/share/doc/.wh..wh..opq
      echo ours > second/usr/share/doc/ours
      touch second/usr/share/.wh.bash-completion; rmdir second/usr/share/bash-completion
      echo 2 > second/srv/second; echo 2 > second/srv/both; echo changed > second/etc/debian_version
      touch third/srv/.wh.second; echo 3 > third/srv/both; echo back > third/etc/issue
      tar -C "$2" -cf 0.tar .
      tar --owner=0 --group=0 -C second -cf 1.tar .
      tar --owner=0 --group=0 -C third -cf 2.tar .
      rm -r second third
      """;

  private DebianLayers() {}

  /** Makes it, in an empty {@code directory}. */
  static Path archive(Path directory) throws IOException {
    var tree = DebianTree.cached().resolve("tree").toString();
    Command.of("sh", "-c", MAKE, "sh", directory.toString(), tree).run().ok();
    var layers = List.of("0.tar", "1.tar", "2.tar");
    var digests = new ArrayList<String>();
    for (var layer : layers) {
      var sum = Command.of("sha256sum", directory.resolve(layer).toString()).run().ok().out();
      digests.add("sha256:" + sum.substring(0, sum.indexOf(' ')));
    }
    var config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"bash\"],\"Env\":[\"PATH=/usr/sbin:/usr/bin:/sbin:/bin\"]},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
            + ImageArchives.list(digests)
            + "}}";
    Files.writeString(directory.resolve("config.json"), config);
    var manifest =
        "[{\"Config\":\"config.json\",\"RepoTags\":[\"debian:layers\"],\"Layers\":%s}]"
            .formatted(ImageArchives.list(layers));
    Files.write(directory.resolve("manifest.json"), manifest.getBytes(StandardCharsets.UTF_8));
    var archive = directory.resolve("image.tar");
    Command.of(
            "sh",
            "-c",
            "cd \"$1\" && tar -cf image.tar *.json ?.tar && rm ?.tar",
            "sh",
            directory.toString())
        .run()
        .ok();
    return archive;
  }
}
