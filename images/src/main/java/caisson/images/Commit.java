package caisson.images;

import caisson.base.Digest;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.util.Optional;

/**
 * An image that is to be made of another one and one more layer.
 *
 * @param base the image below
 * @param createdBy what made the layer, for the image's history
 */
public record Commit(
    Digest base,
    ContainerDefaults defaults,
    Optional<String> author,
    Optional<String> comment,
    String createdBy,
    Optional<Reference> name) {}
