/**
 * What others send us, made up by Jazzer. In the build each target gets its seeds and every input
 * that was ever a finding; {@code fuzz/run} looks for more. A finding is any exception but those by
 * which the code refuses, and whatever else a target demands. Targets of what is not public are in
 * its package.
 */
package caisson.fuzz;
