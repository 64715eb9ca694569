package caisson.api.docker;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.images.Commit;
import caisson.images.Image;
import caisson.images.Images;
import caisson.images.LayerSource;
import caisson.images.PullRequest;
import caisson.images.PullStep;
import caisson.images.Reference;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images without layers. An archive is one that says the name of its image. */
public final class FakeImages implements Images {
  public static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<Digest, Image> images = new LinkedHashMap<>();

  /** What was to be made of containers, and all layers of theirs. */
  public final List<Commit> commits = new ArrayList<>();

  public final ByteArrayOutputStream committed = new ByteArrayOutputStream();
  private volatile @Nullable PullRequest pulled;

  /** Adds an image with these defaults. */
  public Image add(ContainerDefaults defaults, String... names) {
    var config =
        new ImageConfig(
            Optional.of(CREATED.toString()),
            Optional.empty(),
            "amd64",
            "linux",
            Optional.empty(),
            Optional.empty(),
            Optional.of(defaults),
            Optional.empty(),
            List.of());
    return add(config, names);
  }

  private Image add(ImageConfig config, String... names) {
    var id = Digest.of(("image " + images.size()).getBytes(StandardCharsets.UTF_8));
    var image = new Image(id, List.of(names), List.of(), config, CREATED, ByteSize.ofMib(2));
    images.put(id, image);
    return image;
  }

  /** An image with nothing but a command. */
  public Image add(String... names) {
    return add(defaults(List.of("sh")), names);
  }

  public static ContainerDefaults defaults(List<String> cmd) {
    return new ContainerDefaults(
        Optional.empty(),
        Map.of(),
        List.of("IMAGE=1"),
        List.of(),
        cmd,
        Map.of(),
        Optional.empty(),
        Map.of("from", "image"),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public List<Image> load(InputStream archive, Consumer<String> progress) {
    try {
      var name = new String(archive.readAllBytes(), StandardCharsets.UTF_8);
      progress.accept("Reading the archive");
      if (name.equals("damaged")) {
        throw new CaissonException(ErrorCode.CORRUPT, "the archive is damaged");
      }
      return List.of(name.isEmpty() ? add() : add(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Image importRootfs(InputStream tar, ImageConfig config, Optional<Reference> name) {
    return add(config, name.map(Reference::familiar).stream().toArray(String[]::new));
  }

  @Override
  public Image commit(Commit commit, LayerSource layer) {
    try {
      layer.writeTo(committed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    commits.add(commit);
    var names = commit.name().map(Reference::familiar).stream().toArray(String[]::new);
    return add(commit.defaults(), names);
  }

  /** Brings what is not called {@code nosuch}; {@code broken} fails when it has begun. */
  @Override
  public Image pull(PullRequest request, Consumer<PullStep> progress) {
    pulled = request;
    if (request.familiar().equals("nosuch:latest")) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "pull access denied for nosuch");
    }
    var blob = Digest.of(new byte[0]);
    progress.accept(new PullStep.Begun(request));
    progress.accept(new PullStep.OfLayer(blob, new PullStep.LayerStep.Listed()));
    progress.accept(new PullStep.OfLayer(blob, new PullStep.LayerStep.Downloading(1, 2)));
    if (request.familiar().equals("broken:latest")) {
      throw new CaissonException(ErrorCode.CORRUPT, "a layer is damaged");
    }
    progress.accept(new PullStep.OfLayer(blob, new PullStep.LayerStep.Complete()));
    progress.accept(new PullStep.Done(request, blob, true));
    return add(request.familiar());
  }

  /** What was asked for last. */
  public @Nullable PullRequest pulled() {
    return pulled;
  }

  @Override
  public List<Image> list() {
    return List.copyOf(images.values());
  }

  @Override
  public Image resolve(String nameOrId) {
    return images.values().stream()
        .filter(image ->
            image.id().toString().equals(nameOrId)
                || image.id().hex().startsWith(nameOrId)
                || image.names().contains(Reference.parse(nameOrId).familiar()))
        .findFirst()
        .orElseThrow(() -> new CaissonException(ErrorCode.NOT_FOUND, "No such image: " + nameOrId));
  }

  @Override
  public void tag(Digest image, Reference name) {
    var names = new ArrayList<>(get(image).names());
    names.add(name.familiar());
    rename(image, names);
  }

  private Image get(Digest id) {
    return Objects.requireNonNull(images.get(id));
  }

  private void rename(Digest id, List<String> names) {
    var old = get(id);
    images.put(id, new Image(id, names, old.digests(), old.config(), old.created(), old.size()));
  }

  @Override
  public void untag(Reference name) {
    var image = resolve(name.familiar());
    var names = new ArrayList<>(image.names());
    names.remove(name.familiar());
    rename(image.id(), names);
  }

  @Override
  public List<Digest> remove(Digest image) {
    images.remove(image);
    return List.of(Digest.of(new byte[] {1}));
  }

  @Override
  public List<Path> layers(Digest image) {
    return List.of();
  }
}
