package caisson.images;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.images.PullStep.LayerStep;
import caisson.registry.Registries;
import caisson.registry.RemoteRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Brings one image from a registry into a store. */
final class Pull {
  /** As many layers come side by side as Docker has come. */
  private static final int LAYERS_AT_ONCE = 3;

  private final ContentStore store;
  private final Registries registries;
  private final PullRequest request;
  private final Consumer<PullStep> progress;

  Pull(
      ContentStore store, Registries registries, PullRequest request, Consumer<PullStep> progress) {
    this.store = store;
    this.registries = registries;
    this.request = request;
    this.progress = progress;
  }

  /** Does it, and answers the image's id. */
  Digest run(ByteBudget budget) {
    var hosts = registries.hosts(request.repository());
    for (var mirror : hosts.subList(0, hosts.size() - 1)) {
      try (var repository = registries.open(request.repository(), mirror, request.credentials())) {
        return run(repository, budget);
      } catch (CaissonException e) {
        if (e.code() == ErrorCode.NO_RESOURCES || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
    try (var repository =
        registries.open(request.repository(), hosts.getLast(), request.credentials())) {
      return run(repository, budget);
    }
  }

  private Digest run(RemoteRepository repository, ByteBudget budget) {
    store.partials().sweep();
    var image = RemoteImage.find(repository, request, ArchiveLimits.DEFAULT);
    budget.require(new ByteSize(image.transferBytes()), "the layers of " + request.familiar());
    progress.accept(new PullStep.Begun(request));
    try (var workspace = Workspace.in(store.incoming());
        var layers = new LayerHold(store, workspace, budget)) {
      var sizes = bring(repository, image, layers);
      boolean fresh = !store.read(shelf -> isNamed(shelf.catalog(), image));
      store.add(List.of(image.manifest(), image.config()), catalog -> add(catalog, image, sizes));
      progress.accept(new PullStep.Done(request, image.digest(), fresh));
      return image.config().digest();
    }
  }

  private CanonicalReference canonical(RemoteImage image) {
    return new CanonicalReference(request.name().repository(), image.digest());
  }

  private boolean isNamed(Catalog catalog, RemoteImage image) {
    var present =
        request.digest().isPresent()
            ? catalog.canonical().get(canonical(image))
            : catalog.tags().get(request.name());
    return image.config().digest().equals(present);
  }

  private Catalog add(Catalog catalog, RemoteImage image, List<ByteSize> sizes) {
    var id = image.config().digest();
    var diffIds = image.layers().stream().map(RemoteImage.Layer::diffId).toList();
    var contents = new Catalog.Contents(diffIds, Optional.of(image.manifest().digest()));
    var names = request.digest().isPresent() ? List.<Reference>of() : List.of(request.name());
    return catalog.with(id, contents, sizes, names).identified(canonical(image), id);
  }

  /** Brings all layers, and answers what each takes on the disk. */
  private List<ByteSize> bring(RemoteRepository repository, RemoteImage image, LayerHold layers) {
    image.layers().forEach(layer -> report(layer, new LayerStep.Listed()));
    image.layers().stream()
        .skip(LAYERS_AT_ONCE)
        .forEach(layer -> report(layer, new LayerStep.Waiting()));
    var names = Thread.ofPlatform().name("layer-pull-", 0).factory();
    try (var threads = Executors.newFixedThreadPool(LAYERS_AT_ONCE, names)) {
      var ended = new ExecutorCompletionService<ByteSize>(threads);
      var sizes = new ArrayList<Future<ByteSize>>();
      for (var layer : image.layers()) {
        sizes.add(ended.submit(() -> bring(repository, layer, layers)));
      }
      try {
        for (int i = 0; i < sizes.size(); i++) {
          ended.take().get();
        }
      } catch (InterruptedException | ExecutionException e) {
        threads.shutdownNow();
        throw failure(e);
      }
      return sizes.stream().map(Future::resultNow).toList();
    }
  }

  private static RuntimeException failure(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new CaissonException(ErrorCode.UNAVAILABLE, "the pull was broken off", e);
    }
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("a layer's thread failed", e.getCause());
  }

  private ByteSize bring(RemoteRepository repository, RemoteImage.Layer layer, LayerHold layers) {
    Consumer<LayerStep> steps = step -> report(layer, step);
    var pull = new LayerPull(repository, layer, store.partials().file(layer), steps);
    boolean made =
        layers.require(
            layer.diffId(),
            target -> pull.run(archive -> layers.convert(archive, layer.diffId(), target)));
    steps.accept(made ? new LayerStep.Complete() : new LayerStep.Present());
    return store.layers().size(layer.diffId());
  }

  private void report(RemoteImage.Layer layer, LayerStep step) {
    progress.accept(new PullStep.OfLayer(layer.digest(), step));
  }
}
