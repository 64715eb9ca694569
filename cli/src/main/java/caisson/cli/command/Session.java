package caisson.cli.command;

import caisson.cli.client.ApiClient;
import caisson.cli.console.Console;
import caisson.cli.console.Signals;
import java.util.Map;

/**
 * What a command works with.
 *
 * @param environment the variables of this process
 */
public record Session(
    ApiClient api, Console console, Signals signals, Map<String, String> environment) {}
