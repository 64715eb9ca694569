package caisson.api.docker.images;

import caisson.api.docker.ImageClaims;
import caisson.api.http.Router;
import caisson.engine.Containers;
import caisson.images.Images;
import java.time.Clock;

/** The endpoints under {@code /images}. */
public final class ImageRoutes {
  private ImageRoutes() {}

  /** Adds them. */
  public static void add(Router router, Images images, Containers containers, ImageClaims claims) {
    var inspection = new ImageInspection(images);
    var deletion = new ImageDeletion(images, containers, claims);
    var pruning = new ImagePruning(images, deletion, Clock.systemUTC());
    router
        .on("GET", "/images/json", new ImageListing(images, containers)::handle)
        .on("POST", "/images/load", new ImageLoading(images)::load)
        .on("POST", "/images/create", new ImageCreation(images)::handle)
        .on("POST", "/commit", new ImageCommit(images, containers)::handle)
        .on("POST", "/images/prune", pruning::handle)
        .on("GET", "/images/{name*}/json", inspection::details)
        .on("GET", "/images/{name*}/history", inspection::history)
        .on("POST", "/images/{name*}/tag", new ImageTagging(images)::handle)
        .on("DELETE", "/images/{name*}", deletion::handle);
  }
}
