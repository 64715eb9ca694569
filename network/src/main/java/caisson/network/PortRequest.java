package caisson.network;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A port of a container that is to be reached by one of the host's.
 *
 * @param address of the host; empty for all of them
 * @param hostPorts of which the first that is free is taken
 */
public record PortRequest(Port port, Optional<InetAddress> address, PortRange hostPorts) {}
