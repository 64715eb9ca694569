package caisson.oci.runtime;

/** A terminal in character cells. */
public record ConsoleSize(int height, int width) {}
