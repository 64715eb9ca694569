package caisson.engine;

/** A terminal's size in character cells. */
public record TerminalSize(int rows, int columns) {}
