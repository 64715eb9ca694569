package caisson.api.wire;

/** The answer of {@code POST /system/templates}. */
public record CreatedTemplate(String name) {}
