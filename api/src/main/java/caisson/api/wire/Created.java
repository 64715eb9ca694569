package caisson.api.wire;

/** The answer to a request that made something. */
public record Created(String id) {}
