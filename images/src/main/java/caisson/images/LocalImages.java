package caisson.images;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.image.Descriptor.Platform;
import caisson.oci.image.ImageConfig;
import caisson.registry.Registries;
import caisson.registry.RegistryConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The images in a directory of this host. */
public final class LocalImages implements Images {
  /** A request may fill this much of what is free, so that containers can still write. */
  private static final double SHARE_OF_FREE_SPACE = 0.9;

  private final ContentStore store;
  private final Platform platform;
  private final Registries registries;

  private LocalImages(ContentStore store, Platform platform, Registries registries) {
    this.store = store;
    this.platform = platform;
    this.registries = registries;
  }

  /** Opens the store in {@code root}, with registries that are reached in the usual way. */
  public static LocalImages open(Path root) {
    return open(root, new Registries(RegistryConfig.DEFAULT));
  }

  /**
   * Opens the store in {@code root}, which is made if it is missing, and removes what a killed
   * daemon left half made. No other process may have it open.
   *
   * @throws CaissonException NO_RESOURCES if the directory cannot be used, CORRUPT if the list of
   *     images is damaged
   */
  public static LocalImages open(Path root, Registries registries) {
    try {
      return new LocalImages(ContentStore.open(root), GuestPlatform.current(), registries);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot open the image store " + root + ": " + e, e);
    }
  }

  @Override
  public List<Image> load(InputStream archive, Consumer<String> progress) {
    var budget = budget();
    try (var workspace = Workspace.in(store.incoming());
        var layers = new LayerHold(store, workspace, budget)) {
      progress.accept("Reading the archive");
      var images = read(archive, workspace, budget);
      var contents = new ArrayList<LoadedImage>();
      for (var image : images) {
        contents.add(LoadedImage.of(image, layers, progress));
      }
      store.add(
          contents.stream().flatMap(LoadedImage::documents).toList(),
          catalog -> LoadedImage.addAll(contents, catalog));
      return images.stream().map(ArchivedImage::id).distinct().map(this::image).toList();
    }
  }

  private List<ArchivedImage> read(InputStream archive, Workspace workspace, ByteBudget budget) {
    try (var tar = Compression.decompress(archive)) {
      return ImageArchive.read(
          budget.charge(tar), workspace.directory(), platform, ArchiveLimits.DEFAULT);
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.CORRUPT, "cannot read the archive: " + e, e);
    }
  }

  @Override
  public Image importRootfs(InputStream tar, ImageConfig config, Optional<Reference> name) {
    try (var workspace = Workspace.in(store.incoming());
        var layers = new LayerHold(store, workspace, budget())) {
      var diffId = layers.adopt(tar);
      var document = ImportedConfig.document(config, diffId, Instant.now());
      var contents = new Catalog.Contents(List.of(diffId), Optional.empty());
      var sizes = List.of(store.layers().size(diffId));
      store.add(
          List.of(document),
          catalog -> catalog.with(document.digest(), contents, sizes, name.stream().toList()));
      return image(document.digest());
    }
  }

  @Override
  public Image commit(Commit commit, LayerSource layer) {
    var budget = budget();
    try (var workspace = Workspace.in(store.incoming());
        var layers = new LayerHold(store, workspace, budget())) {
      var base = image(commit.base()).config();
      var diffIds = new ArrayList<>(layers.keep(commit.base()));
      if (diffIds.size() == ArchiveLimits.DEFAULT.layers()) {
        throw new CaissonException(
            ErrorCode.INVALID_ARGUMENT,
            "the image has " + diffIds.size() + " layers already, the most that there may be");
      }
      var archive = workspace.file("archive");
      budget.write(layer, archive);
      diffIds.add(layers.adopt(archive));
      var document = CommittedConfig.document(base, commit, diffIds, Instant.now());
      var contents = new Catalog.Contents(diffIds, Optional.empty());
      var sizes = diffIds.stream().map(store.layers()::size).toList();
      var names = commit.name().stream().toList();
      store.add(
          List.of(document), catalog -> catalog.with(document.digest(), contents, sizes, names));
      return image(document.digest());
    }
  }

  @Override
  public Image pull(PullRequest request, Consumer<PullStep> progress) {
    var reporting = new ReentrantLock();
    Consumer<PullStep> oneAtATime =
        step -> {
          reporting.lock();
          try {
            progress.accept(step);
          } finally {
            reporting.unlock();
          }
        };
    return image(new Pull(store, registries, request, oneAtATime).run(budget()));
  }

  private Image image(Digest id) {
    return store.read(shelf -> shelf.image(id));
  }

  private ByteBudget budget() {
    try {
      long free = Files.getFileStore(store.incoming()).getUsableSpace();
      return new ByteBudget(new ByteSize((long) (free * SHARE_OF_FREE_SPACE)));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot see how much room " + store.incoming() + " has", e);
    }
  }

  @Override
  public List<Image> list() {
    return store.read(Shelf::all);
  }

  @Override
  public Image resolve(String nameOrId) {
    return store.read(shelf -> shelf.image(shelf.find(nameOrId)));
  }

  @Override
  public void tag(Digest image, Reference name) {
    store.change(catalog -> catalog.tagged(name, image));
  }

  @Override
  public void untag(Reference name) {
    store.change(catalog -> catalog.untagged(name));
  }

  @Override
  public List<Digest> remove(Digest image) {
    return store.change(catalog -> catalog.without(image)).stream().sorted().toList();
  }

  @Override
  public List<Path> layers(Digest image) {
    var layers = store.read(shelf -> shelf.catalog().contents(image).layers());
    var paths = layers.stream().map(store.layers()::path).toList();
    for (var path : paths) {
      if (!Files.exists(path)) {
        throw new CaissonException(
            ErrorCode.CORRUPT,
            "the layer " + path + " of image " + image + " is missing: load the image again");
      }
    }
    return paths;
  }
}
