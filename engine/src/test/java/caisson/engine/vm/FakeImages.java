package caisson.engine.vm;

import caisson.base.Digest;
import caisson.images.Commit;
import caisson.images.Image;
import caisson.images.Images;
import caisson.images.LayerSource;
import caisson.images.PullRequest;
import caisson.images.PullStep;
import caisson.images.Reference;
import caisson.oci.image.ImageConfig;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One image of two layers, and nothing to be done with it. */
final class FakeImages implements Images {
  static final List<Path> LAYERS = List.of(Path.of("/images/bottom"), Path.of("/images/top"));

  @Override
  public List<Path> layers(Digest image) {
    return LAYERS;
  }

  @Override
  public List<Image> load(InputStream archive, Consumer<String> progress) {
    throw unwanted();
  }

  @Override
  public Image importRootfs(InputStream tar, ImageConfig config, Optional<Reference> name) {
    throw unwanted();
  }

  @Override
  public Image commit(Commit commit, LayerSource layer) {
    throw unwanted();
  }

  @Override
  public Image pull(PullRequest request, Consumer<PullStep> progress) {
    throw unwanted();
  }

  @Override
  public List<Image> list() {
    throw unwanted();
  }

  @Override
  public Image resolve(String nameOrId) {
    throw unwanted();
  }

  @Override
  public void tag(Digest image, Reference name) {
    throw unwanted();
  }

  @Override
  public void untag(Reference name) {
    throw unwanted();
  }

  @Override
  public List<Digest> remove(Digest image) {
    throw unwanted();
  }

  private static AssertionError unwanted() {
    return new AssertionError("a sandbox asks for layers only");
  }
}
