/**
 * Where machines' network cards lead to: {@link caisson.network.BridgeNetwork} is a bridge in the
 * daemon's network namespace, with addresses, rules and published ports; {@link
 * caisson.network.SlirpPorts} publishes those of a machine with a user-mode network.
 */
package caisson.network;
