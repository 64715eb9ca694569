/** What TeaVM loads while it compiles: nothing of it is in the programs. */
package caisson.libc.compiler;
