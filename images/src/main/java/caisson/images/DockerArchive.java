package caisson.images;

import caisson.oci.Json;
import caisson.oci.image.DockerArchiveImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An archive of {@code docker save}: {@value #MANIFEST} names the members that are configurations
 * and layers. The older file {@code repositories} and the {@code json} of each layer say nothing
 * more and are ignored.
 */
final class DockerArchive {
  static final String MANIFEST = "manifest.json";

  /** Docker names a configuration after its digest. */
  private static final Pattern NAMED_BY_DIGEST = Pattern.compile("([0-9a-f]{64})\\.json");

  private final Members members;
  private final Document manifest;
  private final ArchiveLimits limits;

  DockerArchive(Members members, Document manifest, ArchiveLimits limits) {
    this.members = members;
    this.manifest = manifest;
    this.limits = limits;
  }

  List<ArchivedImage> images() {
    var entries = Json.read(manifest.bytes(), DockerArchiveImage[].class, manifest.name());
    if (entries.length > limits.images()) {
      throw manifest.corrupt("it lists more than " + limits.images() + " images");
    }
    var images = new ArrayList<ArchivedImage>();
    for (var entry : entries) {
      if (entry == null) {
        throw manifest.corrupt("an image in it is null");
      }
      images.add(image(entry));
    }
    return images;
  }

  private ArchivedImage image(DockerArchiveImage entry) {
    var config = members.read(member(entry.config()), entry.config());
    var named = NAMED_BY_DIGEST.matcher(entry.config());
    if (named.matches() && !named.group(1).equals(config.digest().hex())) {
      throw config.corrupt("it is damaged: its digest is " + config.digest());
    }
    var names = new ArrayList<Reference>();
    entry.repoTags().forEach(name -> names.add(manifest.reference(name)));
    var layers = entry.layers().stream().map(this::member).toList();
    return ArchivedImage.of(config, layers, names, Optional.empty(), limits);
  }

  private Path member(String name) {
    return members
        .find(name)
        .orElseThrow(() -> manifest.corrupt("it names \"" + name + "\", which is missing"));
  }
}
