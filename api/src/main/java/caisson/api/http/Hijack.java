package caisson.api.http;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection that has left HTTP: raw bytes in both directions until the handler returns, which
 * closes it.
 *
 * @param input ends when the client ends its sending side, which says nothing about whether it
 *     still reads: {@code docker run} without {@code -i} does so before it starts the container
 * @param output unbuffered
 */
public record Hijack(InputStream input, OutputStream output) {}
